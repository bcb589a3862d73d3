/**
 * What a write did to a person or a group. Both are named by the number in their unique name (`Names`), which counts up
 * from the first number of this shard without holes wider than the scenarios' labels.
 */
export type Effect =
  | "user-created"
  | "user-deactivated"
  | "user-reactivated"
  | "user-deleted"
  /** `other` is the number of the name it has from now on. */
  | "user-renamed"
  | "group-created"
  /** `other` is the number of the name it has from now on. */
  | "group-renamed"
  | "group-deleted"
  /** `other` is the number of the member. */
  | "member-added"
  | "member-removed"
  /** The group has no members from now on; a replacement is this and one `member-added` for each. */
  | "members-cleared";

/** How sure it is that a write had its effect. */
export type Certainty =
  /** The server said yes (2xx). */
  | "acknowledged"
  /** The server said no (3xx, 4xx, 429, 500, 503); if the effect is there all the same, that is a finding. */
  | "refused"
  /** Refused with a status that says that there is nothing to be changed or taken away (400, 404, 410). */
  | "found-nothing"
  /** No answer, a gateway's word for none, or it was sent twice after an idle connection was closed: nobody knows. */
  | "unsure";

const TAKING: readonly Effect[] = ["member-removed", "members-cleared", "user-deleted", "group-deleted"];

/** Whether an effect takes something away that can be missed by who comes later. */
export const takesAway = (effect: Effect) => TAKING.includes(effect);

/** Whether a status is one of those that refuse what finds nothing. */
export const refusesNothing = (status: number) => status === 400 || status === 404;

/** By these a gateway says that it had no answer, or none it could use: whether anything was done it cannot know. */
const OF_GATEWAYS: readonly number[] = [502, 504];

/** What an answer says of the effects of the write that it answers. */
export function certaintyOf(status: number, isSentTwice = false): Certainty {
  if (isSentTwice || OF_GATEWAYS.includes(status)) return "unsure";
  if (status >= 200 && status < 300) return "acknowledged";
  return refusesNothing(status) || status === 410 ? "found-nothing" : "refused";
}
