import type { Check, Difference } from "../../model/evidence.ts";
import type { JsonObject } from "../../model/json.ts";
import { brokenBy, difference, show, unknown } from "../answer.ts";
import { definitionsIn, type Placed, schemasIn } from "./schema-definitions.ts";
import { objectShown } from "./shown.ts";

/** RFC 7643 section 7. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  type: ["string", "boolean", "decimal", "integer", "dateTime", "binary", "reference", "complex"],
  mutability: ["readOnly", "readWrite", "immutable", "writeOnly"],
  returned: ["always", "never", "default", "request"],
  uniqueness: ["none", "server", "global"],
};

// What is left out has a default, and is not a wrong word.
export const schemaWords: Check = grammar(
  "schema-words",
  "In every listed schema `type`, `mutability`, `returned` and `uniqueness` are words of RFC 7643 section 7.",
  ({ path, definition }) =>
    Object.entries(WORDS).flatMap(([trait, words]) => {
      const word = definition[trait];
      return word === undefined || words.includes(String(word))
        ? []
        : [difference(`${path}.${trait}`, words.join(", "), show(word))];
    }),
);

/** RFC 7643 2.1; `$ref` is the one name that begins with a dollar sign (2.4). */
export const schemaNames: Check = grammar(
  "schema-names",
  "In every listed schema the names of attributes follow RFC 7643 2.1.",
  ({ path, definition }) =>
    /^([A-Za-z][A-Za-z0-9_$-]*|\$ref)$/.test(String(definition.name))
      ? []
      : [difference(path, "a letter, then letters, digits, $, - and _", show(definition.name))],
);

export const noNesting: Check = grammar(
  "schema-no-nesting",
  "In every listed schema no part of a complex attribute is complex itself (RFC 7643 2.3.8).",
  ({ path, definition, whole }) =>
    whole !== undefined && definition.type === "complex"
      ? [difference(`${path}.type`, "a simple type", '"complex"')]
      : [],
);

/**
 * The schemas of RFC 7643 8.7.2, which describe resource types and schemas themselves, break the rules of section
 * 2.3.8 in the RFC's own text (`attributes.subAttributes`), so they are left out.
 */
function grammar(name: string, summary: string, flaws: (placed: Placed) => readonly Difference[]): Check {
  return {
    name,
    summary,
    takes: [],
    judge(evidence) {
      const schemas = schemasIn(objectShown(evidence)).filter((schema) => !isMeta(schema));
      if (schemas.length === 0) return unknown("the answer shows no schema");
      const found = schemas.flatMap((schema) =>
        definitionsIn(schema).flatMap((placed) => flaws(placed).map((flaw) => inSchema(schema, flaw))),
      );
      return brokenBy(found);
    },
  };
}

const isMeta = ({ id }: JsonObject) => /:(Schema|ResourceType|ServiceProviderConfig)$/i.test(String(id));

const inSchema = ({ id }: JsonObject, { where, expected, actual }: Difference) =>
  difference(`schema ${String(id)}: ${where}`, expected, actual);
