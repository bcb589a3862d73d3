import type { ObservableOf } from "../../model/observable.ts";
import { countsIn } from "../../model/rate-pool.ts";
import { ScimFailure } from "../errors.ts";
import { type Make, together } from "../quirks/make.ts";
import { RateLimiter } from "../rate-limiter.ts";
import type { Playing } from "./kind.ts";

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
        throw new ScimFailure(
          typeof fact.beyond === "number" ? fact.beyond : 429,
          refusal.message,
          undefined,
          refusal.headers,
        );
      }
    };
    return {
      replace: {
        list: (context, types, request) => {
          admit("GET", types[0], false);
          return operations.list(context, types, request);
        },
        read: (context, type, id, request) => {
          admit("GET", type, true);
          return operations.read(context, type, id, request);
        },
        create: (context, type, request) => {
          admit("POST", type, false);
          return operations.create(context, type, request);
        },
        replace: (context, type, id, request) => {
          admit("PUT", type, true);
          return operations.replace(context, type, id, request);
        },
        modify: (context, type, id, request) => {
          admit("PATCH", type, true);
          return operations.modify(context, type, id, request);
        },
        remove: (context, type, id, request) => {
          admit("DELETE", type, true);
          return operations.remove(context, type, id, request);
        },
      },
    };
  };
}
