import type { Check } from "../../model/evidence.ts";
import { broken, difference, lastAnswer, parsedBody, show, unknown, valueAt } from "../answer.ts";

/** What step 1 of Okta's published SCIM 2.0 test wants to see of a user. */
const ATTRIBUTES = [
  "id",
  "userName",
  "name.givenName",
  "name.familyName",
  "active",
  "emails[0].value",
] as const;

export const minimumProfile: Check = {
  name: "minimum-profile",
  summary: "The user at the path `at` has an id, a user name, both names, `active` and an e-mail address.",
  takes: ["at"],
  judge(evidence, given) {
    const answer = lastAnswer(evidence);
    const body = answer === undefined || answer.status > 299 ? undefined : parsedBody(answer);
    const at = String(given.at);
    const user = body?.ok === true ? valueAt(body.value, at) : undefined;
    if (user === undefined || user === null) return unknown(`the answer shows no user at ${at}`);
    const missing = ATTRIBUTES.filter((path) => {
      const value = valueAt(user, path);
      return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
    });
    const prefix = at === "$" ? "body " : `body ${at}.`;
    return broken(
      ...missing.map((path) => difference(`${prefix}${path}`, "not empty", show(valueAt(user, path)))),
    );
  },
};
