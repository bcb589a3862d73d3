import type { Check, Judgement } from "../../model/evidence.ts";
import { notOffered } from "../answer.ts";
import { acceptedLike } from "./accepted-like.ts";
import { definitionAt, schemaNamed, schemasOf, traitOf } from "./schema-definitions.ts";

/** RFC 7643 section 7: `uniqueness` of an attribute, `none` where the schema does not say. */
export const acceptedUnlessUnique: Check = {
  name: "accepted-unless-unique",
  summary:
    "Accepted like step `as`, whose value of `attribute` it repeats; not offered where the schema of step `schemas` declares the attribute unique.",
  takes: ["as", "schemas", "schema", "attribute"],
  ofTheExchange: true,
  judge(evidence, given): Judgement {
    const schema = schemaNamed(schemasOf(evidence, given.schemas), String(given.schema));
    const definition = definitionAt(schema, String(given.attribute));
    const isUnique = definition !== undefined && traitOf(definition, "uniqueness") !== "none";
    return isUnique
      ? notOffered(`${String(given.attribute)} is declared unique`)
      : acceptedLike.judge(evidence, { as: given.as ?? null });
  },
};
