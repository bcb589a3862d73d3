import type { Check, Difference, Evidence, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { broken, brokenBy, difference, holds, lastAnswer, show, showOutcome, unknown } from "../answer.ts";
import { isSuccess } from "../status.ts";
import { sameJson } from "../value.ts";
import {
  definitionAt,
  isUrn,
  resourceSchemas,
  schemaNamed,
  schemasOf,
  traitOf,
} from "./schema-definitions.ts";
import { isUnassigned, objectShown, objectsIn, valueNamed } from "./shown.ts";

/** RFC 7643 3.1 gives them to every resource without any schema declaring them. */
const COMMON = ["schemas", "id", "externalid", "meta"];
/** What RFC 7643 2.4 gives to every multi-valued attribute. */
const PARTS_OF_ANY = ["value", "display", "type", "primary", "$ref"];

export const declaredAttributes: Check = {
  name: "declared-attributes",
  summary:
    "Every attribute of the resource that has a value is declared by one of its schemas, as step `schemas` listed them; open where the schemas were not listed.",
  takes: ["schemas"],
  judge: (evidence, given): Judgement =>
    eachAttribute(evidence, given.schemas, ({ path, definition, value }) => {
      // RFC 7643 section 2.5: null and an empty array are the same state as not being there; some write an empty text.
      if (isUnassigned(value)) return [];
      if (definition === undefined) return [difference(`body ${path}`, "declared by a schema", "undeclared")];
      const parts = objectsIn(definition.subAttributes);
      if (parts.length === 0) return [];
      const strangers = objectsAt(value).flatMap((element) =>
        Object.entries(element).flatMap(([key, part]) =>
          isUnassigned(part) || PARTS_OF_ANY.includes(key) || definitionAt(definition, key) !== undefined
            ? []
            : [key],
        ),
      );
      return [...new Set(strangers)].map((key) =>
        difference(`body ${path}.${key}`, "declared by a schema", "undeclared"),
      );
    }),
};

export const declaredTypes: Check = {
  name: "declared-types",
  summary:
    "Every value of the resource has the JSON type that step `schemas` declares; what is not declared or not shown is left open.",
  takes: ["schemas"],
  judge: (evidence, given): Judgement =>
    eachAttribute(evidence, given.schemas, ({ path, definition, value }) =>
      definition === undefined ? [] : flawsOfType(path, definition, value),
    ),
};

/** RFC 7643 section 7. Only whole values of simple attributes are looked at: what a server makes of others may vary. */
export const storedAsDeclared: Check = {
  name: "stored-as-declared",
  summary:
    "What step `by` sent for simple attributes that step `schemas` declares readWrite and returned by default is shown.",
  takes: ["schemas", "by"],
  judge(evidence, given): Judgement {
    const shown = objectShown(evidence);
    const text = evidence.earlier.get(String(given.by))?.exchanges.at(-1)?.request.body;
    const schemas = schemasOf(evidence, given.schemas);
    if (shown === undefined || text === undefined || schemas.length === 0) {
      return unknown("the resource or its schemas were not shown", { neutral: true });
    }
    const sent = JSON.parse(text) as JsonObject;
    const [core] = resourceSchemas(sent, schemas);
    return broken(
      ...Object.entries(sent).flatMap(([name, value]) => {
        const definition = definitionAt(core, name);
        if (definition === undefined || typeof value === "object" || !isPlain(definition)) return [];
        const actual = valueNamed(shown, name);
        return sameJson(actual, value) ? [] : [difference(`body ${name}`, show(value), show(actual))];
      }),
    );
  },
};

/** What a schema calls optional may be left out. */
export const optionalAsDeclared: Check = {
  name: "optional-as-declared",
  summary:
    "Accepted, because the body has every attribute that the schema `schema`, as step `schemas` listed it, declares required; open where it has not.",
  takes: ["schemas", "schema"],
  judge(evidence, given): Judgement {
    const schema = schemaNamed(schemasOf(evidence, given.schemas), String(given.schema));
    const text = evidence.exchanges.at(-1)?.request.body;
    if (schema === undefined || text === undefined) return unknown("the schema was not shown");
    const sent = JSON.parse(text) as JsonObject;
    const missing = objectsIn(schema.attributes).filter(
      (definition) =>
        definition.required === true &&
        !COMMON.includes(String(definition.name).toLowerCase()) &&
        isUnassigned(valueNamed(sent, String(definition.name))),
    );
    if (missing.length > 0) {
      const names = missing.map(({ name }) => String(name)).join(", ");
      return unknown(`the schema declares ${names} required as well`, { neutral: true });
    }
    return isSuccess(lastAnswer(evidence)?.status)
      ? holds
      : broken(difference("status", "success: nothing that is required was left out", showOutcome(evidence)));
  },
};

interface Shown {
  readonly path: string;
  readonly definition: JsonObject | undefined;
  readonly value: Json;
}

/** Looks at every attribute of the resource, those of extensions included. */
function eachAttribute(
  evidence: Evidence,
  step: Json | undefined,
  flaws: (shown: Shown) => readonly Difference[],
): Judgement {
  const resource = objectShown(evidence);
  if (resource === undefined) return unknown("the answer shows no resource", { neutral: true });
  const schemas = schemasOf(evidence, step);
  if (schemas.length === 0) return unknown("the schemas were not shown");
  const own = resourceSchemas(resource, schemas);
  const attributes = Object.entries(resource).flatMap(([key, value]): readonly Shown[] => {
    if (COMMON.includes(key.toLowerCase())) return [];
    if (!isUrn(key)) return [{ path: key, definition: firstDefinition(own, key), value }];
    const extension = schemaNamed(schemas, key);
    if (extension === undefined) return [{ path: key, definition: undefined, value }];
    return Object.entries(isJsonObject(value) ? value : {}).map(([name, inner]) => ({
      path: `${key}.${name}`,
      definition: definitionAt(extension, name),
      value: inner,
    }));
  });
  return brokenBy(attributes.flatMap(flaws));
}

function firstDefinition(schemas: readonly JsonObject[], name: string): JsonObject | undefined {
  for (const schema of schemas) {
    const definition = definitionAt(schema, name);
    if (definition !== undefined) return definition;
  }
  return undefined;
}

const objectsAt = (value: Json) => (isJsonObject(value) ? [value] : objectsIn(value));

const isPlain = (definition: JsonObject) =>
  traitOf(definition, "multiValued") === false &&
  traitOf(definition, "mutability") === "readWrite" &&
  ["default", "always"].includes(String(traitOf(definition, "returned")));

const DATE_TIME = /^-?\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** RFC 7643 2.3, by the word of `type`. */
const FORMS: Readonly<Record<string, (value: Json) => boolean>> = {
  string: (value) => typeof value === "string",
  reference: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: (value) => Number.isInteger(value),
  decimal: (value) => typeof value === "number",
  dateTime: (value) => typeof value === "string" && DATE_TIME.test(value),
  binary: (value) => typeof value === "string" && BASE64.test(value.replaceAll(/\s/g, "")),
  complex: isJsonObject,
};

function flawsOfType(path: string, definition: JsonObject, value: Json): readonly Difference[] {
  if (value === null) return [];
  const type = String(traitOf(definition, "type"));
  const isMany = traitOf(definition, "multiValued") === true;
  if (isMany && !Array.isArray(value)) return [difference(`body ${path}`, "an array", show(value))];
  const values: readonly Json[] = isMany && Array.isArray(value) ? (value as readonly Json[]) : [value];
  return values.flatMap((each) => {
    if (FORMS[type]?.(each) === false)
      return [difference(`body ${path}`, `a value of type ${type}`, show(each))];
    if (!isJsonObject(each)) return [];
    return Object.entries(each).flatMap(([key, inner]) => {
      const part = definitionAt(definition, key);
      const partType = part === undefined ? "" : String(traitOf(part, "type"));
      return inner === null || part === undefined || FORMS[partType]?.(inner) !== false
        ? []
        : [difference(`body ${path}.${key}`, `a value of type ${partType}`, show(inner))];
    });
  });
}
