import type { Check, Judgement } from "../../model/evidence.ts";
import { broken, brokenBy, difference, show, unknown } from "../answer.ts";
import { isUrn, sameText } from "./schema-definitions.ts";
import { isUnassigned, objectShown, objectsIn, shownEarlier } from "./shown.ts";

/** RFC 7643 section 3 says what `schemas` may and has to name. */
export const namespaces: Check = {
  name: "namespaces",
  summary:
    "`schemas` of the resource, by `part`: `named` (the schema `core` and every extension that is shown), `filled` (no other extension) or `known` (none that resource type `type` of step `types` has not).",
  takes: ["part", "core", "types?", "type?"],
  judge(evidence, given): Judgement {
    const resource = objectShown(evidence);
    if (resource === undefined) return unknown("the answer shows no resource", { neutral: true });
    const { schemas } = resource;
    if (!Array.isArray(schemas)) {
      return given.part === "named"
        ? broken(difference("body schemas", "an array", show(schemas)))
        : unknown("the resource has no schemas", { neutral: true });
    }
    const listed = schemas.map(String);
    const core = String(given.core);
    const shown = Object.keys(resource).filter((key) => isUrn(key) && !isUnassigned(resource[key]));
    const lacks = (ids: readonly string[], id: string) => !ids.some((each) => sameText(each, id));
    if (given.part === "named") {
      const missing = [core, ...shown].filter((id) => lacks(listed, id));
      return brokenBy(missing.map((id) => difference("body schemas", `to contain ${id}`, show(schemas))));
    }
    if (given.part === "filled") {
      const empty = listed.filter((id) => !sameText(id, core) && lacks(shown, id));
      return broken(
        ...empty.map((id) => difference(`body schemas`, `no ${id}, of which nothing is shown`, id)),
      );
    }
    const types = objectsIn(shownEarlier(evidence, given.types)?.Resources);
    const type = types.find(({ name }) => sameText(name, String(given.type)));
    if (type === undefined) return unknown("the resource type was not shown");
    const own = [
      String(type.schema),
      ...objectsIn(type.schemaExtensions).map(({ schema }) => String(schema)),
    ];
    const strange = listed.filter((id) => lacks(own, id));
    return brokenBy(strange.map((id) => difference("body schemas", "schemas of the resource type", id)));
  },
};
