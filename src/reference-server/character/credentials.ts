import type { CredentialCase } from "../../model/documented-cases.ts";
import { headerValue } from "../../model/exchange.ts";
import { ScimFailure } from "../errors.ts";
import { type Make, together } from "../quirks/make.ts";
import type { Playing } from "./kind.ts";

/** What a refused Authorization header is a case of. The tokens that expired or belong elsewhere, `admin/` knows. */
function caseOf(given: string | undefined): CredentialCase {
  if (given === undefined) return "missing";
  if (/^bearer +bearer /i.test(given)) return "doubled-bearer";
  return /^bearer +\S+$/i.test(given) ? "wrong" : "malformed";
}

/** The status of a refused credential. A contrary fact refuses with another. */
export const credential: Playing<"credential"> = (facts) =>
  together(
    ...facts
      .filter(({ of }) => of !== "expired" && of !== "foreign")
      .map(
        ({ of, answer, contrary }): Make =>
          ({ operations }) => ({
            replace: {
              authorise: (headers, expected) => {
                try {
                  operations.authorise(headers, expected);
                } catch (refusal) {
                  const isIt = caseOf(headerValue(headers, "authorization")) === of;
                  if (!(refusal instanceof ScimFailure) || !isIt) throw refusal;
                  const status = contrary === true ? (answer === 401 ? 403 : 401) : answer;
                  throw new ScimFailure(status, refusal.message, undefined, refusal.headers);
                }
              },
            },
          }),
      ),
  );
