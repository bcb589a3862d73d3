import type { StepEvidence } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";

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
  return `the largest request had ${largestBatch} changes, not ${size} (see --large-group)`;
}

const numbers = (value: Json | undefined) =>
  Array.isArray(value) ? value.filter((item) => typeof item === "number") : [];

const texts = (value: Json | undefined) =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
