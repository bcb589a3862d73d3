import type { Json } from "../../model/json.ts";
import type { ObservableOf } from "../../model/observable.ts";
import type { ServerRequest } from "../message.ts";
import { type Make, rewriting, together } from "../quirks/make.ts";
import type { Playing } from "./kind.ts";

type ErrorShows = ObservableOf<"error-shows">;

/** What errors say at one place. A type holds for every error, a text for the case it is documented of. */
export const errorShows: Playing<"error-shows"> = (facts) =>
  together(
    ...facts.map(
      (fact): Make =>
        rewriting((body, { status }, request) => {
          if (status < 400) return body;
          if (fact.value !== undefined && !isCase(fact.of, request)) return body;
          return { ...body, [fact.at]: shownBy(fact, body[fact.at] ?? null) };
        }),
    ),
  );

function isCase(of: ErrorShows["of"], { method, target, body }: ServerRequest): boolean {
  if (of === "unknown-user") return method === "GET" && /\/Users\/[^/?]+/.test(target);
  return method === "POST" && /\/(Users|Groups)\b/.test(target) && !body.includes('"schemas"');
}

function shownBy({ as, value, contrary }: ErrorShows, found: Json): Json {
  const isContrary = contrary === true;
  if (value !== undefined) return isContrary ? "Something is missing." : value;
  if (as === undefined) return found;
  return (as === "number") === isContrary ? String(found) : Number(found);
}
