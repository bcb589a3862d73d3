import type { Behaviour } from "../model/behaviour.ts";

/**
 * What breaks servers in practice, most harmful first: section 7 of the study of Okta's behaviours, with the credential
 * test before everything, because without it no other request is ever sent. A line is one rank.
 */
const RANKS: readonly (readonly string[])[] = [
  ["OKTA-CRED-01", "OKTA-CRED-02"],
  ["OKTA-MEMBER-02", "OKTA-ERR-06"],
  ["OKTA-PATCH-02", "OKTA-MEMBER-08"],
  ["OKTA-LOOKUP-05", "OKTA-LINK-04"],
  ["OKTA-MEMBER-14", "OKTA-LARGE-02", "OKTA-LARGE-06", "OKTA-LARGE-09"],
  ["OKTA-MEMBER-09"],
  ["OKTA-HTTP-01"],
  ["OKTA-CREATE-05", "OKTA-LOOKUP-07"],
  ["OKTA-CRED-03", "OKTA-CRED-04", "OKTA-IMPORT-04"],
  ["OKTA-READ-03", "OKTA-AUTH-01", "OKTA-ERR-01", "OKTA-ERR-02"],
  ["OKTA-MEMBER-06", "OKTA-GROUP-RENAME-01"],
  ["OKTA-CREATE-08", "OKTA-CREATE-09", "OKTA-PUT-02"],
  ["OKTA-MEMBER-12"],
];

const RANK_OF = new Map(RANKS.flatMap((ids, rank) => ids.map((id) => [id, rank] as const)));

/** How harmful it is when a behaviour is broken: 0 is worst. Those nobody ranked come after all that somebody did. */
export function harmOf(id: string): number {
  return RANK_OF.get(id) ?? RANKS.length;
}

/**
 * Requests that everything after them needs, the worst first. The study ranks what servers get wrong about them; who
 * refuses the plain request gives nobody an account, or a group, or takes no access away.
 */
const REFUSED: readonly (readonly string[])[] = [
  ["OKTA-LOOKUP-01", "OKTA-CREATE-01"],
  ["OKTA-READ-01", "OKTA-PUT-01", "OKTA-DEACT-01", "OKTA-GROUP-PUSH-01", "OKTA-GROUP-PUSH-03"],
];

/** How harmful it is when the request of a behaviour is refused, where that is worse than any other way to break it. */
export function harmIfRefused(id: string): Pick<Behaviour, "harmIfRefused"> {
  const rank = REFUSED.findIndex((ids) => ids.includes(id));
  return rank === -1 ? {} : { harmIfRefused: rank };
}
