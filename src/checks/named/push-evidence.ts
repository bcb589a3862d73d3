import { countText, plural } from "../../model/count.ts";
import type { StepEvidence } from "../../model/evidence.ts";
import type { Answer } from "../../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { URN } from "../../model/scim.ts";
import { parsedBody } from "../answer.ts";

/** What the action `push-members` found out. */
export interface PushFacts {
  readonly statuses: readonly number[];
  readonly slowestMs: number;
  readonly largestBatch: number;
  readonly acceptedMembers: readonly string[];
}

/** The facts of a push; undefined when the step pushed nothing (it was blocked, or the list was empty). */
export function pushFacts(step: Pick<StepEvidence, "facts"> | undefined): PushFacts | undefined {
  const { statuses, slowestMs, largestBatch, acceptedMembers } = step?.facts ?? {};
  const sent = numbers(statuses);
  if (sent.length === 0) return undefined;
  return {
    statuses: sent,
    slowestMs: typeof slowestMs === "number" ? slowestMs : 0,
    largestBatch: typeof largestBatch === "number" ? largestBatch : 0,
    acceptedMembers: texts(acceptedMembers),
  };
}

/** Whether the size a claim speaks of was really sent; otherwise why nothing can be said. */
export function tooSmall({ largestBatch }: PushFacts, size: Json | undefined): string | undefined {
  if (typeof size !== "number" || largestBatch >= size) return undefined;
  return `the largest request had ${plural(largestBatch, "change")}, not ${countText(size)} (see --large-group)`;
}

/** The first answer of a push that refused something. */
export function refusalIn({ exchanges }: Pick<StepEvidence, "exchanges">): Answer | undefined {
  return exchanges
    .map(({ outcome }) => outcome)
    .find((outcome): outcome is Answer => outcome.kind === "answer" && outcome.status >= 300);
}

/** The SCIM error in an answer, if it has one. */
export function scimErrorIn(answer: Answer): JsonObject | undefined {
  const body = parsedBody(answer);
  if (!body.ok || !isJsonObject(body.value)) return undefined;
  const { schemas } = body.value;
  return Array.isArray(schemas) && schemas.includes(URN.error) ? body.value : undefined;
}

/** Whether an error says a number, as one about a limit should. */
export const namesNumber = (error: JsonObject | undefined) =>
  typeof error?.detail === "string" && /\d/.test(error.detail);

/**
 * Whether a push ended at a limit on the size of the group: a request of `size` changes was accepted before, and
 * the refusal is 413, or 400 with an error that names a number. Then it is not the request that was too large.
 * Gives the reason in words.
 */
export function groupLimitMet(
  step: Pick<StepEvidence, "exchanges"> | undefined,
  push: PushFacts,
  size: Json | undefined,
): string | undefined {
  const refusal = step === undefined ? undefined : refusalIn(step);
  const took = push.acceptedMembers.length;
  if (refusal === undefined || took === 0 || (typeof size === "number" && took < size)) return undefined;
  const isLimit = refusal.status === 413 || (refusal.status === 400 && namesNumber(scimErrorIn(refusal)));
  return isLimit ? `the group took ${took} people and no more (${refusal.status})` : undefined;
}

const numbers = (value: Json | undefined) =>
  Array.isArray(value) ? value.filter((item) => typeof item === "number") : [];

const texts = (value: Json | undefined) =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
