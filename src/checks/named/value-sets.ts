import type { Check } from "../../model/evidence.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { broken, difference, show, unknown, valueAt } from "../answer.ts";
import { objectShown, objectsIn } from "./shown.ts";

/** RFC 7643 2.4 for objects, whose `type` and `value` tell them apart; section 3 for the URNs of `schemas`. */
export const eachOnce: Check = {
  name: "each-once",
  summary: "No element of the array at `path` is there twice; objects are told apart by `type` and `value`.",
  takes: ["path"],
  judge(evidence, given) {
    const path = String(given.path);
    const elements = valueAt(objectShown(evidence), path);
    if (!Array.isArray(elements)) return unknown(`the answer shows no array at ${path}`, { neutral: true });
    const keys = (elements as readonly Json[]).map(keyOf);
    const repeated = keys.find((key, index) => keys.indexOf(key) !== index);
    return repeated === undefined
      ? broken()
      : broken(difference(`body ${path}`, "each once", `more than once: ${repeated}`));
  },
};

export const onePrimary: Check = {
  name: "one-primary",
  summary: "At most one element of the array at `path` is primary; open where no array is shown.",
  takes: ["path"],
  judge(evidence, given) {
    const path = String(given.path);
    const elements = valueAt(objectShown(evidence), path);
    if (!Array.isArray(elements)) return unknown(`the answer shows no array at ${path}`, { neutral: true });
    const count = objectsIn(elements).filter(({ primary }) => primary === true).length;
    return count <= 1
      ? broken()
      : broken(difference(`body ${path}`, "at most one primary", `${count} are primary`));
  },
};

const keyOf = (element: Json) =>
  isJsonObject(element) ? show({ type: element.type ?? null, value: element.value ?? null }) : show(element);
