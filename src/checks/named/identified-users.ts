import type { Check } from "../../model/evidence.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { broken, difference, show, unknown } from "../answer.ts";
import { listIn, NO_LIST, resourcesIn } from "./listed.ts";

/** The two attributes without which RFC 7643 knows no user, and Okta cannot tell one from another. */
export const identifiedUsers: Check = {
  name: "identified-users",
  summary:
    "Every user on the page has an `id` and a `userName` that are not empty; open where nobody is on it.",
  takes: [],
  judge(evidence) {
    const list = listIn(evidence);
    const users = list === undefined ? undefined : resourcesIn(list);
    if (users === undefined) return unknown(NO_LIST);
    if (users.length === 0) return unknown("nobody is on the page", { neutral: true });
    for (const [index, user] of users.entries()) {
      for (const name of ["id", "userName"]) {
        const value = isJsonObject(user) ? user[name] : undefined;
        if (isEmpty(value)) {
          return broken(difference(`body Resources[${index}].${name}`, "not empty", show(value)));
        }
      }
    }
    return broken();
  },
};

const isEmpty = (value: Json | undefined) =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");
