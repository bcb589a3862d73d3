import type { Headers } from "../../model/exchange.ts";
import { errorBody, ScimFailure } from "../errors.ts";
import { type Make, replying, together } from "../quirks/make.ts";
import { firstOf, type Playing } from "./kind.ts";

const HEADERS: Headers = [["Content-Type", "application/scim+json"]];

/** What a GET of one address is answered, whatever the sound server has there. Who may not ask is told so all the same. */
export const address: Playing<"address"> = (facts) =>
  together(
    ...facts.map(({ path, answer, contrary }): Make => {
      const documented = firstOf(answer);
      const status = contrary === true ? (documented >= 400 ? 200 : 501) : documented;
      return replying((reply, { method, target }) => {
        const isIt = method === "GET" && target.split("?")[0]?.endsWith(path) === true;
        if (!isIt || reply.status === 401 || reply.status === status) return reply;
        const body = status >= 400 ? errorBody(new ScimFailure(status, "There is nothing here.")) : {};
        return { status, headers: HEADERS, body: JSON.stringify(body) };
      });
    }),
  );
