import type { Check } from "../../model/evidence.ts";
import { isJsonObject } from "../../model/json.ts";
import { broken, difference, show, unknown } from "../answer.ts";
import { objectShown } from "./shown.ts";

/** xsd:dateTime with both parts; the zone may be left out (RFC 7643 2.3.5). */
const DATE_TIME = /^-?\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;
// One of the two may be kept with fewer digits, or written a moment later by the same request.
const SAME_WITHIN_MS = 1_000;

/** RFC 7643 3.1. Both are at the server's pleasure; what is not shown cannot be wrong. */
export const metaTimes: Check = {
  name: "meta-times",
  summary:
    "`part: form`: meta.created and meta.lastModified, where shown, are date-times. `part: new`: they are the same, as of a resource that was never changed.",
  takes: ["part"],
  judge(evidence, given) {
    const meta = objectShown(evidence)?.meta;
    if (!isJsonObject(meta)) return unknown("the answer shows no meta", { neutral: true });
    const { created, lastModified } = meta;
    if (given.part === "form") {
      const wrong = Object.entries({ created, lastModified }).filter(
        ([, value]) => value !== undefined && !(typeof value === "string" && DATE_TIME.test(value)),
      );
      if (created === undefined && lastModified === undefined) {
        return unknown("meta has neither created nor lastModified", { neutral: true });
      }
      return broken(
        ...wrong.map(([name, value]) =>
          difference(`body meta.${name}`, "a date and a time such as 2015-05-13T04:42:34Z", show(value)),
        ),
      );
    }
    const apart = Math.abs(Date.parse(String(created)) - Date.parse(String(lastModified)));
    if (Number.isNaN(apart)) return unknown("meta does not show both as date-times", { neutral: true });
    return apart < SAME_WITHIN_MS
      ? broken()
      : broken(difference("body meta.lastModified", `${show(created)}, as meta.created`, show(lastModified)));
  },
};
