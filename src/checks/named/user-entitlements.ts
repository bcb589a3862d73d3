import type { Check, Difference, Evidence, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { broken, brokenBy, difference, lastAnswer, show, unknown } from "../answer.ts";
import { kindsIn, noKindsIn, type ReadKind } from "./entitlement-values.ts";
import { isUnassigned, objectShown, objectsIn } from "./shown.ts";

const ATTRIBUTES = ["roles", "entitlements"] as const;

/**
 * A user is only known to have roles when some are shown, so that one who shows none leaves the shape open: whether a
 * grant of Okta's arrives is another claim's matter.
 */
export const userEntitlements: Check = {
  name: "user-entitlements",
  summary:
    "The user (or each user of a list), by `part`: `arrays` (roles and entitlements are arrays of entries with value and display), `known` (each value is one that step `values` read), `stored` or `cleared` (they are, after step `by`, what it sent, or none). Not offered where `values` read no kind.",
  takes: ["part", "values", "by?"],
  judge(evidence, given): Judgement {
    const step = evidence.earlier.get(String(given.values));
    const kinds = step === undefined ? [] : kindsIn(step);
    if (kinds.length === 0) return noKindsIn(step);
    const body = objectShown(evidence);
    if (body === undefined) return unknown("the answer shows no user");
    if (given.part === "stored" || given.part === "cleared") return afterWrite(evidence, given, body);
    const users = Array.isArray(body.Resources) ? objectsIn(body.Resources) : [body];
    const shown = users.flatMap((user) =>
      ATTRIBUTES.filter((name) => !isUnassigned(user[name])).map((name) => ({
        name,
        value: user[name] ?? null,
      })),
    );
    if (shown.length === 0) return unknown("nobody shows a role or an entitlement", { neutral: true });
    if (given.part === "arrays") return brokenBy(shown.flatMap(flawsOfShape));
    return known(
      kinds,
      shown.flatMap(({ name, value }) => objectsIn(value).map((entry) => ({ name, entry }))),
    );
  },
};

interface Attribute {
  readonly name: (typeof ATTRIBUTES)[number];
  readonly value: Json;
}

function flawsOfShape({ name, value }: Attribute): readonly Difference[] {
  if (!Array.isArray(value)) return [difference(`body ${name}`, "an array", show(value))];
  return (value as readonly Json[]).flatMap((entry, index) => {
    const parts = isJsonObject(entry) ? entry : {};
    return ["value", "display"].flatMap((part) =>
      typeof parts[part] === "string"
        ? []
        : [difference(`body ${name}[${index}].${part}`, "a text", show(parts[part]))],
    );
  });
}

function known(
  kinds: readonly ReadKind[],
  entries: readonly { readonly name: string; readonly entry: JsonObject }[],
): Judgement {
  const strangers: Difference[] = [];
  for (const { name, entry } of entries) {
    const fitting = kinds.filter((kind) => kind.isRole === (name === "roles"));
    const ids = fitting.flatMap(({ values }) =>
      values.map((value) => (isJsonObject(value) ? value.id : value)),
    );
    if (ids.includes(entry.value ?? null)) continue;
    if (fitting.length === 0 || fitting.some(({ isWhole }) => !isWhole)) {
      return unknown(`not all ${name} that the server knows could be read`, { neutral: true });
    }
    strangers.push(difference(`body ${name}`, "values that their endpoint lists", show(entry.value)));
  }
  return brokenBy(strangers);
}

function afterWrite(evidence: Evidence, given: Readonly<Record<string, Json>>, user: JsonObject): Judgement {
  const write = evidence.earlier.get(String(given.by));
  const status = write === undefined ? undefined : lastAnswer(write)?.status;
  if (status === undefined || status > 299) return unknown("the replace was refused", { neutral: true });
  const sent = JSON.parse(write?.exchanges.at(-1)?.request.body ?? "{}") as JsonObject;
  return broken(
    ...ATTRIBUTES.flatMap((name) => {
      const [wanted, actual] = [valuesIn(sent[name]), valuesIn(user[name])];
      const isSame = wanted.length === actual.length && wanted.every((value) => actual.includes(value));
      return isSame ? [] : [difference(`body ${name}`, show([...wanted]), show([...actual]))];
    }),
  );
}

const valuesIn = (value: Json | undefined): readonly Json[] =>
  objectsIn(value).map((entry) => entry.value ?? null);
