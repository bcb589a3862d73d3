import type { Check, Difference, Evidence, Judgement, StepEvidence } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import {
  broken,
  brokenBy,
  difference,
  lastAnswer,
  notOffered,
  parsedBody,
  showOutcome,
  unknown,
  valueAt,
} from "../answer.ts";
import { DECLINED, NO_ENDPOINT } from "../status.ts";
import { definitionAt, resourceSchemas, schemasOf, traitOf } from "./schema-definitions.ts";
import { isUnassigned, objectsIn, textsOf, valueNamed } from "./shown.ts";

/**
 * `schemas` and `id` are always returned. `meta` is not by RFC 7643 3.1, but RFC 7644 shows it in places where it
 * was not asked for, so it is nobody's fault.
 */
const ALWAYS = ["schemas", "id", "meta"];

/** RFC 7644 3.4.2.5 and 3.9. */
export const onlyAttributes: Check = {
  name: "only-attributes",
  summary:
    "The resource (or each resource of a list) has the attributes `asked`, where step `as` showed them, and besides them only those that are always returned (by step `schemas`, where given). Open for an answer without a body; with `optional`, 404, 405 and 501 mean that the request is not offered, and so does a refusal of step `offered`, the same without the parameter.",
  takes: ["asked", "as?", "schemas?", "optional?", "offered?"],
  judge(evidence, given): Judgement {
    const status = lastAnswer(evidence)?.status ?? 0;
    if (given.optional === true && NO_ENDPOINT.includes(status)) {
      return notOffered(`the request is answered with ${status}`);
    }
    const plain = given.offered === undefined ? undefined : evidence.earlier.get(String(given.offered));
    const plainStatus = plain === undefined ? undefined : lastAnswer(plain)?.status;
    if (plainStatus !== undefined && DECLINED.includes(plainStatus)) {
      return notOffered(`without the parameter it is answered with ${plainStatus}`);
    }
    const model = modelOf(evidence, given.as);
    if (model !== undefined && "kind" in model) return model;
    const resources = comparable(evidence, model);
    if ("kind" in resources) return resources;
    const asked = textsOf(given.asked).map(placeOf);
    const nameless = resources.filter(({ id }) => isUnassigned(id));
    // RFC 7643 3.1: id is always returned. What shows nothing of a resource is none.
    if (nameless.some((resource) => !asked.some((place) => !isUnassigned(partAt(resource, place)))))
      return unknown("the answer shows no resource with an id");
    if (nameless.length > 0)
      return broken(difference("body id", "an id, which is always returned", "absent"));
    const declared = schemasOf(evidence, given.schemas);
    return broken(
      ...resources.flatMap((resource, index) => [
        ...extrasIn(resource, asked, declared).map((name) =>
          difference(
            `${index === 0 ? "" : `resource ${index}: `}body ${name}`,
            "absent: nobody asked for it",
            "there",
          ),
        ),
        ...asked.flatMap((place) =>
          isUnassigned(partAt(resource, place)) &&
          model !== undefined &&
          !isUnassigned(partAt(model.shown, place))
            ? [difference(`body ${nameOf(place)}`, "what was asked for", "absent")]
            : [],
        ),
      ]),
    );
  },
};

export const leftOut: Check = {
  name: "left-out",
  summary:
    "The resource (or each resource of a list) does not have `paths`, which step `as` showed; open for what it did not show.",
  takes: ["paths", "as"],
  judge(evidence, given): Judgement {
    const model = modelOf(evidence, given.as);
    if (model !== undefined && "kind" in model) return model;
    const resources = comparable(evidence, model);
    if ("kind" in resources) return resources;
    const paths = textsOf(given.paths).filter((path) => !isUnassigned(valueAt(model?.shown, path)));
    if (paths.length === 0)
      return unknown(`step ${String(given.as)} did not show it either`, { neutral: true });
    const found: Difference[] = resources.flatMap((resource) =>
      paths
        .filter((path) => !isUnassigned(valueAt(resource, path)))
        .map((path) => difference(`body ${path}`, "absent: it was excluded", "there")),
    );
    return brokenBy(found);
  },
};

/** The same request without the parameter: what it showed first; or why it tells nothing of this one. */
function modelOf(
  evidence: Evidence,
  step: Json | undefined,
): { readonly shown: JsonObject } | Judgement | undefined {
  if (step === undefined) return undefined;
  const earlier = evidence.earlier.get(String(step));
  const resources = earlier === undefined ? [] : resourcesOf(earlier);
  const [shown] = "kind" in resources ? [] : resources;
  return shown === undefined
    ? unknown(`step ${String(step)}, the same without the parameter, showed nothing to compare with`)
    : { shown };
}

/** The resources of the answer. That none is left of what there was is as wrong as a refusal. */
function comparable(evidence: Evidence, model: object | undefined): readonly JsonObject[] | Judgement {
  const resources = resourcesOf(evidence);
  if ("kind" in resources || resources.length > 0 || model === undefined) return resources;
  return broken(difference("body Resources", "the same resources as without the parameter", "none"));
}

/** An attribute as it is asked for: `name.givenName`, or with the URN of its schema before it. */
interface AskedPlace {
  readonly extension?: string;
  readonly name: string;
  readonly part?: string;
}

function placeOf(text: string): AskedPlace {
  const [, urn, path = text] = /^(urn:.+):([^:]+)$/i.exec(text) ?? [];
  const [name = "", part] = path.split(".");
  const isCore = urn === undefined || /:core:2\.0:[^:]+$/i.test(urn);
  return { ...(isCore ? {} : { extension: urn }), name, ...(part === undefined ? {} : { part }) };
}

const nameOf = ({ extension, name, part }: AskedPlace) =>
  `${extension === undefined ? "" : `${extension}:`}${name}${part === undefined ? "" : `.${part}`}`;

function partAt(resource: JsonObject, { extension, name, part }: AskedPlace): Json | undefined {
  const root = extension === undefined ? resource : valueNamed(resource, extension);
  const value = isJsonObject(root) ? valueNamed(root, name) : undefined;
  if (part === undefined || value === undefined) return value;
  if (isJsonObject(value)) return valueNamed(value, part);
  return objectsIn(value).flatMap((element) => valueNamed(element, part) ?? [])[0];
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** The names of what is shown although nobody asked for it. Unassigned attributes count as not shown. */
function extrasIn(
  resource: JsonObject,
  asked: readonly AskedPlace[],
  schemas: readonly JsonObject[],
): readonly string[] {
  const always = resourceSchemas(resource, schemas);
  const isAlways = (path: string) =>
    always.some((schema) => {
      const definition = definitionAt(schema, path);
      return definition !== undefined && traitOf(definition, "returned") === "always";
    });
  return Object.entries(resource).flatMap(([key, value]) => {
    if (isUnassigned(value) || ALWAYS.includes(key.toLowerCase()) || isAlways(key)) return [];
    const inExtension = asked.filter(({ extension }) => extension !== undefined && same(extension, key));
    if (inExtension.length > 0 && isJsonObject(value)) {
      return Object.keys(value)
        .filter((name) => !inExtension.some((place) => same(place.name, name)))
        .map((name) => `${key}:${name}`);
    }
    const named = asked.filter(({ extension, name }) => extension === undefined && same(name, key));
    if (named.length === 0) return [key];
    if (named.some(({ part }) => part === undefined)) return [];
    const elements = isJsonObject(value) ? [value] : objectsIn(value);
    const parts = new Set(elements.flatMap(Object.keys));
    return [...parts]
      .filter((part) => !named.some((place) => same(place.part ?? "", part)) && !isAlways(`${key}.${part}`))
      .map((part) => `${key}.${part}`);
  });
}

/** What an answer shows: one resource or those of a list; or why there is nothing to judge. */
function resourcesOf(step: Pick<StepEvidence, "exchanges">): readonly JsonObject[] | Judgement {
  const answer = lastAnswer(step);
  if (answer === undefined || answer.status > 299) {
    return broken(difference("status", "success", showOutcome(step)));
  }
  if (answer.body.trim() === "") return unknown("the answer has no body", { neutral: true });
  const body = parsedBody(answer);
  if (!body.ok || !isJsonObject(body.value)) {
    return broken(difference("body", "a JSON object", body.ok ? "something else" : body.problem));
  }
  return "Resources" in body.value || "totalResults" in body.value
    ? objectsIn(body.value.Resources)
    : [body.value];
}
