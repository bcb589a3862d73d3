import { plural } from "../../model/count.ts";
import type { Difference, Evidence, Judgement } from "../../model/evidence.ts";
import { type Answer, type Exchange, headerValue } from "../../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { URN } from "../../model/scim.ts";
import { parsedBody, shownBy, unknown } from "../answer.ts";

/** One request of a burst, with what came of it. */
export interface Shot {
  readonly kind: string;
  readonly userName: string;
  /** 0 where no answer came. */
  readonly status: number;
  /** The id a create told. */
  readonly id?: string;
  readonly exchange: Exchange;
}

/** The requests of the action `burst`, without what followed them. */
export function shotsIn({ facts, exchanges }: Pick<Evidence, "facts" | "exchanges">): readonly Shot[] {
  return objects(facts.burst).flatMap((shot, index) => {
    const exchange = exchanges[index];
    if (exchange === undefined) return [];
    const { kind, userName, status, id } = shot;
    return [
      {
        kind: String(kind),
        userName: String(userName),
        status: typeof status === "number" ? status : 0,
        ...(typeof id === "string" ? { id } : {}),
        exchange,
      },
    ];
  });
}

/** The 429 answers of a burst. */
export function refusalsIn(shots: readonly Shot[]): readonly Answer[] {
  return shots.flatMap(({ exchange: { outcome } }) =>
    outcome.kind === "answer" && outcome.status === 429 ? [outcome] : [],
  );
}

/** A server that takes the whole burst shows nothing of how it refuses, and that is no fault. */
export const noRefusal = (shots: readonly Shot[]): Judgement =>
  shots.length === 0
    ? unknown("no burst was sent")
    : unknown(`no 429 was seen in ${plural(shots.length, "request")}`, { neutral: true });

/** One create that was refused, looked up, sent again and looked up. */
export interface Retry {
  readonly userName: string;
  /** People of that name before the retry, where the look-up told. */
  readonly found?: number;
  readonly status: number;
  readonly foundAfter?: number;
  /** Which exchanges of the step told it. */
  readonly foundAt?: number;
  readonly statusAt?: number;
  readonly foundAfterAt?: number;
}

export function retriesIn({ facts }: Pick<Evidence, "facts">): readonly Retry[] {
  return objects(facts.retried).map(({ userName, status, ...told }) => {
    const numbers = ["found", "foundAfter", "foundAt", "statusAt", "foundAfterAt"].flatMap((name) =>
      typeof told[name] === "number" ? [[name, told[name]] as const] : [],
    );
    return {
      userName: String(userName),
      status: typeof status === "number" ? status : 0,
      ...Object.fromEntries(numbers),
    };
  });
}

/** A difference with the exchange that shows it, where that is known. */
export const shownAt = (exchange: Json | undefined, found: Difference): Difference =>
  typeof exchange === "number" ? shownBy(exchange, found) : found;

export function isScimError(answer: Answer): boolean {
  const body = parsedBody(answer);
  if (!body.ok || !isJsonObject(body.value)) return false;
  const { schemas } = body.value;
  return Array.isArray(schemas) && schemas.includes(URN.error);
}

export const retryAfterOf = ({ headers }: Answer) => headerValue(headers, "Retry-After");

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
