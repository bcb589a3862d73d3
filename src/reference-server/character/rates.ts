import type { ObservableOf } from "../../model/observable.ts";
import { countsIn } from "../../model/rate-pool.ts";
import { ScimFailure } from "../errors.ts";
import { type Make, together } from "../quirks/make.ts";
import { RateLimiter } from "../rate-limiter.ts";
import { lookingFirst } from "./before.ts";
import type { Playing } from "./kind.ts";
import { statusOr } from "./limit.ts";

type Limit = ObservableOf<"limit">;

/** Rates stand before everything else: what comes too fast is not looked at. One that is `contrary` is none. */
export const rates: Playing<"limit"> = (facts) =>
  together(
    ...facts.flatMap((fact) => {
      if (fact.contrary === true) return [];
      if (fact.subject === "requests-per-second") return [admitting(fact, fact.value)];
      return fact.subject === "requests-per-minute" ? [admitting(fact, fact.value / 60)] : [];
    }),
  );

/** Discovery does not count: no documentation says that it does. */
function admitting({ burst, pool = "all", ...fact }: Limit, perSecond: number): Make {
  return ({ clock, operations }) => {
    const limiter = new RateLimiter(clock, { perSecond, burst: burst ?? fact.value });
    const admit = (method: string, type: { readonly collection: string } | undefined, hasId: boolean) => {
      if (!countsIn(pool, method, type?.collection, hasId)) return;
      try {
        limiter.admit();
      } catch (refusal) {
        if (!(refusal instanceof ScimFailure)) throw refusal;
        throw new ScimFailure(statusOr(429, fact), refusal.message, undefined, refusal.headers);
      }
    };
    return {
      replace: lookingFirst(operations, ({ method, types: [type], id }) =>
        admit(method, type, id !== undefined),
      ),
    };
  };
}
