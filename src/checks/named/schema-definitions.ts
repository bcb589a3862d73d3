import type { Evidence } from "../../model/evidence.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import { objectsIn, shownEarlier } from "./shown.ts";

/** The schemas in an answer of `/Schemas`: those of a list, or the single one. */
export function schemasIn(shown: JsonObject | undefined): readonly JsonObject[] {
  if (shown === undefined) return [];
  return Array.isArray(shown.Resources) ? objectsIn(shown.Resources) : "attributes" in shown ? [shown] : [];
}

export const schemasOf = (evidence: Evidence, step: Json | undefined) =>
  schemasIn(shownEarlier(evidence, step));

/** The schema with an id; URNs are compared without letter case (RFC 8141 section 3.1). */
export function schemaNamed(schemas: readonly JsonObject[], id: string): JsonObject | undefined {
  return schemas.find((schema) => sameText(schema.id, id));
}

/** The definition of an attribute, by a path such as `name.givenName` (RFC 7643 2.1: letter case does not count). */
export function definitionAt(schema: JsonObject | undefined, path: string): JsonObject | undefined {
  const [name = "", ...rest] = path.split(".");
  const found = objectsIn(schema?.attributes ?? schema?.subAttributes).find((each) =>
    sameText(each.name, name),
  );
  return rest.length === 0 || found === undefined ? found : definitionAt(found, rest.join("."));
}

/** What RFC 7643 2.2 assumes where a definition says nothing. */
const DEFAULTS: JsonObject = {
  type: "string",
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: "readWrite",
  returned: "default",
  uniqueness: "none",
};

export const traitOf = (definition: JsonObject, trait: string): Json | undefined =>
  definition[trait] ?? DEFAULTS[trait];

/** One definition and where it stands: `userName`, `name.givenName`. */
export interface Placed {
  readonly path: string;
  readonly definition: JsonObject;
  /** The definition this one is a part of. */
  readonly whole?: JsonObject;
}

// RFC 7643 2.3.8 knows two levels; whoever sends more is judged by the first few.
const DEEPEST = 5;

/** Every definition of a schema, parts after their wholes. */
export function definitionsIn(schema: JsonObject): readonly Placed[] {
  const walk = (
    definitions: Json | undefined,
    prefix: string,
    depth: number,
    whole?: JsonObject,
  ): Placed[] =>
    depth > DEEPEST
      ? []
      : objectsIn(definitions).flatMap((definition) => {
          const path = `${prefix}${typeof definition.name === "string" ? definition.name : "?"}`;
          return [
            { path, definition, ...(whole === undefined ? {} : { whole }) },
            ...walk(definition.subAttributes, `${path}.`, depth + 1, definition),
          ];
        });
  return walk(schema.attributes, "", 1);
}

/** Those schemas that a resource says its attributes come from. */
export function resourceSchemas(resource: JsonObject, schemas: readonly JsonObject[]): readonly JsonObject[] {
  const named = Array.isArray(resource.schemas) ? (resource.schemas as readonly Json[]).map(String) : [];
  return named.map((id) => schemaNamed(schemas, id)).filter((schema) => schema !== undefined);
}

export const isUrn = (key: string) => /^urn:/i.test(key);

export const sameText = (one: Json | undefined, other: string) =>
  typeof one === "string" && one.toLowerCase() === other.toLowerCase();
