import type { Check, Difference, Evidence, Judgement, StepEvidence } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { URN } from "../../model/scim.ts";
import {
  broken,
  brokenBy,
  difference,
  lastAnswer,
  notOffered,
  show,
  showOutcome,
  unknown,
} from "../answer.ts";
import { noKinds } from "./entitlement-types.ts";
import { integerCounters } from "./integer-counters.ts";
import { listResponse } from "./list-response.ts";
import { isText, objectShown, objectsIn } from "./shown.ts";

/** One kind of roles or entitlements, as the action `read-entitlements` read it. */
export interface ReadKind {
  readonly name: string;
  readonly isRole: boolean;
  /** The request for a single value. */
  readonly one: Pick<Evidence, "exchanges">;
  readonly values: readonly Json[];
  readonly total: number | undefined;
  readonly isWhole: boolean;
}

/** What to say where a step of `read-entitlements` read no kind; it asks for the resource types first. */
export const noKindsIn = (step: Pick<StepEvidence, "exchanges"> | undefined): Judgement =>
  noKinds({ exchanges: step?.exchanges.slice(0, 1) ?? [] });

/** What a step of `read-entitlements` read. */
export function kindsIn({
  facts,
  exchanges,
}: Pick<StepEvidence, "facts" | "exchanges">): readonly ReadKind[] {
  return objectsIn(facts.kinds).map((kind) => ({
    name: String(kind.name),
    isRole: kind.schema === URN.role,
    one: { exchanges: exchanges.slice(Number(kind.one), Number(kind.one) + 1) },
    values: Array.isArray(kind.values) ? (kind.values as readonly Json[]) : [],
    total: typeof kind.total === "number" ? kind.total : undefined,
    isWhole: kind.isWhole === true,
  }));
}

type Part = (kind: ReadKind, evidence: Evidence) => Judgement;

/** Judges one thing about every kind at a time. */
export const entitlementValues: Check = {
  name: "entitlement-values",
  summary:
    "Of every kind that `read-entitlements` read, by `part`: `one-list`, `one-counters`, `each-once`, `role-named`, `role-schema`, `role-description`, `entitlement-named` or `entitlement-type`. Not offered where it read none.",
  takes: ["part"],
  judge(evidence, given): Judgement {
    const kinds = kindsIn(evidence);
    const part = PARTS[String(given.part)];
    if (part === undefined) return unknown(`entitlement-values knows no part ${show(given.part)}`);
    const judgements = kinds.map((kind) => part(kind, evidence));
    const faults = judgements.flatMap((one) => (one.kind === "broken" ? one.differences : []));
    if (faults.length > 0) return brokenBy(faults.slice(0, FEW));
    return (
      judgements.find(({ kind }) => kind === "unknown") ??
      judgements.find(({ kind }) => kind === "holds") ??
      judgements[0] ??
      noKindsIn(evidence)
    );
  },
};

const FEW = 5;
const LONGEST_DESCRIPTION = 1_000;

const PARTS: Readonly<Record<string, Part>> = {
  "one-list": ({ name, one, values }, evidence) => {
    const list = listResponse.judge({ ...evidence, ...one, facts: {} }, {});
    const shown = objectsIn(objectShown(one)?.Resources);
    if (list.kind === "holds" && lastAnswer(one)?.status === 200 && shown.length > 0) return list;
    if (list.kind === "holds" && values.length === 0) {
      return unknown(`${name} has no value yet; Okta's test wants at least one`);
    }
    return list.kind === "holds"
      ? broken(difference(`one value of ${name}`, "200 with a list that is not empty", showOutcome(one)))
      : list;
  },
  "one-counters": ({ name, one }, evidence) => {
    const counters = integerCounters.judge({ ...evidence, ...one, facts: {} }, {});
    const { itemsPerPage, startIndex, totalResults } = objectShown(one) ?? {};
    if (counters.kind !== "holds") return counters;
    return broken(
      ...Object.entries({ startIndex, totalResults }).flatMap(([counter, value]) =>
        value === undefined ? [difference(`${counter} of one value of ${name}`, "a number", "absent")] : [],
      ),
      ...(itemsPerPage === 1
        ? []
        : [difference(`itemsPerPage of one value of ${name}`, "1", show(itemsPerPage))]),
    );
  },
  "each-once": ({ name, values, total, isWhole }) => {
    const ids = values.map((value) => String(isJsonObject(value) ? value.id : value));
    const doubled = ids.find((id, index) => ids.indexOf(id) !== index);
    if (doubled !== undefined) {
      return broken(difference(`pages of ${name}`, "each value once", `${doubled} more than once`));
    }
    if (!isWhole || total === undefined) return unknown(`not all pages of ${name} could be read`);
    return total === ids.length
      ? broken()
      : broken(difference(`pages of ${name}`, `${total} values, as totalResults says`, String(ids.length)));
  },
  "role-named": ofEach(true, named),
  "role-schema": ofEach(true, ({ value, where }) => ofSchema(value, where, URN.role)),
  "role-description": ofEach(true, ({ value, where }) => {
    const { description } = value;
    const isFine =
      description === undefined ||
      description === null ||
      (typeof description === "string" && description.length <= LONGEST_DESCRIPTION);
    if (isFine) return [];
    const actual = typeof description === "string" ? `${description.length} characters` : show(description);
    return [difference(`${where}.description`, `at most ${LONGEST_DESCRIPTION} characters`, actual)];
  }),
  "entitlement-named": ofEach(false, (seen) => [
    ...named(seen),
    ...ofSchema(seen.value, seen.where, URN.entitlement),
  ]),
  "entitlement-type": ofEach(false, ({ value, where, kind }) =>
    value.type === kind.name ? [] : [difference(`${where}.type`, show(kind.name), show(value.type))],
  ),
};

interface Seen {
  readonly kind: ReadKind;
  readonly value: JsonObject;
  readonly where: string;
}

function ofEach(isRole: boolean, flaws: (seen: Seen) => readonly Difference[]): Part {
  return (kind) => {
    if (kind.isRole !== isRole) return notOffered(`the server has no ${isRole ? "roles" : "entitlements"}`);
    if (kind.values.length === 0) return unknown(`${kind.name} shows no value`);
    return broken(
      ...kind.values.flatMap((value, index) =>
        flaws({ kind, value: isJsonObject(value) ? value : {}, where: `${kind.name} ${index}` }),
      ),
    );
  };
}

function named({ value, where }: Pick<Seen, "value" | "where">): readonly Difference[] {
  return (["id", "displayName"] as const).flatMap((name) => {
    const given = value[name];
    return isText(given) ? [] : [difference(`${where}.${name}`, "a text", show(given))];
  });
}

function ofSchema({ schemas }: JsonObject, where: string, urn: string): readonly Difference[] {
  return Array.isArray(schemas) && schemas.includes(urn)
    ? []
    : [difference(`${where}.schemas`, `to contain ${urn}`, show(schemas))];
}
