import type { Check, Judgement } from "../../model/evidence.ts";
import type { JsonObject } from "../../model/json.ts";
import {
  broken,
  brokenBy,
  difference,
  holds,
  lastAnswer,
  notOffered,
  show,
  showOutcome,
  unknown,
} from "../answer.ts";
import { listIn, NO_LIST, resourcesIn } from "./listed.ts";
import { differencesOf } from "./members-exactly.ts";
import { sameText, schemaNamed, schemasIn } from "./schema-definitions.ts";
import { objectShown, objectsIn, shownEarlier } from "./shown.ts";

/** RFC 7643 section 6. */
export const schemasKnown: Check = {
  name: "schemas-known",
  summary:
    "Each `part` (schema or extensions) that the resource types of step `types` name is a schema listed in the answer.",
  takes: ["types", "part"],
  judge(evidence, given): Judgement {
    const schemas = schemasIn(objectShown(evidence));
    const types = objectsIn(shownEarlier(evidence, given.types)?.Resources);
    if (schemas.length === 0 || types.length === 0)
      return unknown("no schemas or no resource types were shown");
    const named = types.flatMap(given.part === "extensions" ? extensionsOf : ({ schema }) => String(schema));
    if (named.length === 0) return notOffered("no resource type has an extension");
    const strangers = named.filter((id) => schemaNamed(schemas, id) === undefined);
    return brokenBy(strangers.map((id) => difference(`schema ${id}`, "listed", "absent")));
  },
};

/** RFC 7644 section 4: parameters for paging and sorting mean nothing here. */
export const sameListing: Check = {
  name: "same-listing",
  summary: "The answer lists the same resources, by id or name, as the answer of step `as`.",
  takes: ["as"],
  judge(evidence, given): Judgement {
    const before = shownEarlier(evidence, given.as);
    if (!Array.isArray(before?.Resources)) return unknown(`step ${String(given.as)} showed no list`);
    const list = listIn(evidence);
    if (list === undefined) return broken(difference("answer", "the same list", showOutcome(evidence)));
    return broken(
      ...differencesOf(idsOf(before), idsOf(list)).map(({ actual }) =>
        difference("body Resources", `the ${idsOf(before).length} of step ${String(given.as)}`, actual),
      ),
    );
  },
};

export const wholeListing: Check = {
  name: "whole-listing",
  summary: "`totalResults` is the number of resources in the answer.",
  takes: [],
  judge(evidence): Judgement {
    const list = listIn(evidence);
    const resources = list === undefined ? undefined : resourcesIn(list);
    if (resources === undefined) return unknown(NO_LIST);
    return list?.totalResults === resources.length
      ? holds
      : broken(difference("body totalResults", String(resources.length), show(list?.totalResults)));
  },
};

/** RFC 7643 section 6: `required` of an extension. */
export const requiredExtension: Check = {
  name: "required-extension",
  summary:
    "Refused with 400, because resource type `type` of step `types` has an extension that is required and was not sent; not offered where it has none.",
  takes: ["types", "type"],
  judge(evidence, given): Judgement {
    const types = objectsIn(shownEarlier(evidence, given.types)?.Resources);
    const type = types.find(({ name }) => sameText(name, String(given.type)));
    if (type === undefined) return unknown(`the resource type ${String(given.type)} was not shown`);
    const required = objectsIn(type.schemaExtensions).filter((extension) => extension.required === true);
    if (required.length === 0) return notOffered("no extension is declared required");
    return lastAnswer(evidence)?.status === 400
      ? holds
      : broken(difference("status", "400, for want of a required extension", showOutcome(evidence)));
  },
};

const extensionsOf = (type: JsonObject) =>
  objectsIn(type.schemaExtensions).map(({ schema }) => String(schema));

const idsOf = (list: JsonObject) => objectsIn(list.Resources).map(({ id, name }) => String(id ?? name));
