import type { Check, Judgement } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import { broken, difference, notOffered, show, unknown } from "../answer.ts";
import { definitionAt, schemaNamed, schemasIn, traitOf } from "./schema-definitions.ts";
import { objectShown, textsOf } from "./shown.ts";

const TRAITS = ["type", "required", "caseExact", "uniqueness", "mutability"] as const;

/** A trait that a definition leaves out has the value RFC 7643 2.2 gives it. */
export const declares: Check = {
  name: "declares",
  summary:
    "The schema `schema` in the answer declares `attributes`, each with the given traits (one of them where an array is given). With `optional`, an attribute or schema that is not there is not offered.",
  takes: ["schema", "attributes", "optional?", ...TRAITS.map((trait) => `${trait}?`)],
  judge(evidence, given): Judgement {
    const schemas = schemasIn(objectShown(evidence));
    if (schemas.length === 0) return unknown("the answer shows no schema");
    const id = String(given.schema);
    const schema = schemaNamed(schemas, id);
    if (schema === undefined) {
      return given.optional === true ? notOffered(`${id} is not listed`) : unknown(`${id} is not listed`);
    }
    const names = textsOf(given.attributes);
    const missing = names.filter((name) => definitionAt(schema, name) === undefined);
    if (missing.length > 0 && given.optional === true) {
      return notOffered(`${missing.join(", ")} is not declared`);
    }
    return broken(
      ...missing.map((name) => difference(`schema attribute ${name}`, "declared", "absent")),
      ...names.flatMap((name) => {
        const definition = definitionAt(schema, name);
        if (definition === undefined) return [];
        return TRAITS.filter((trait) => given[trait] !== undefined).flatMap((trait) => {
          const wanted = anyOf(given[trait] ?? null);
          const actual = traitOf(definition, trait);
          if (wanted.some((value) => value === actual)) return [];
          return [
            difference(`schema attribute ${name}.${trait}`, wanted.map(show).join(" or "), show(actual)),
          ];
        });
      }),
    );
  },
};

const anyOf = (value: Json): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [value]);
