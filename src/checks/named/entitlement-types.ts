import type { Check, Difference, Evidence, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { URN } from "../../model/scim.ts";
import {
  broken,
  brokenBy,
  difference,
  lastAnswer,
  notOffered,
  parsedBody,
  show,
  showOutcome,
  unknown,
} from "../answer.ts";
import { isSuccess, NO_ENDPOINT } from "../status.ts";
import { listResponse } from "./list-response.ts";
import { listIn } from "./listed.ts";
import { isText, objectShown, objectsIn } from "./shown.ts";

const KINDS: readonly string[] = [URN.role, URN.entitlement];
// Left out where Okta knows them anyhow; the document says so.
const KNOWN: readonly string[] = [...KINDS, URN.user, URN.group, URN.enterpriseUser];
const PARTS = ["id", "name", "endpoint", "description", "schema"] as const;

/**
 * Why nothing is asked about roles and entitlements, by what came of the request for the resource types. A failure, or
 * an answer that cannot be read, does not tell whether there are any; that something went wrong is another claim's matter.
 */
export function noKinds(types: Pick<Evidence, "exchanges">): Judgement {
  const open = (why: string) => unknown(why, { neutral: true });
  const asked = "/ResourceTypes, which would tell of roles and entitlements,";
  const answer = lastAnswer(types);
  if (answer === undefined) return open(`${asked} got no answer`);
  const { status } = answer;
  if (NO_ENDPOINT.includes(status)) return notOffered(`${asked} was answered ${status}`);
  if (!isSuccess(status)) return open(`${asked} was answered ${status}`);
  const list = listIn(types);
  if (list === undefined && typesIn(types).length === 0) return open(`${asked} was not answered with a list`);
  if (typesIn(types).some(isKind)) return open("no address of theirs was named that could be asked");
  if (Number(list?.totalResults) > typesIn(types).length) {
    return open(`of ${show(list?.totalResults)} resource types only ${typesIn(types).length} were shown`);
  }
  return notOffered("no resource type has Okta's schema of roles or of entitlements");
}

/**
 * Roles and entitlements are for apps with entitlement management: a server without them offers less, and is no worse.
 * What offers them is told by its resource types alone, and a name in Okta's namespace that is not spelt as Okta spells
 * it shows that they were meant to be offered.
 */
export const entitlementTypes: Check = {
  name: "entitlement-types",
  summary:
    "The resource types name roles or entitlements of Okta's, by `part`: `list` (200 with a ListResponse), `described` (each with all that Okta reads of it) or `offered` (spelt as Okta spells them). Not offered where none does, open where they could not be read.",
  takes: ["part"],
  judge(evidence, given): Judgement {
    const types = typesIn(evidence);
    const kinds = types.filter(isKind);
    const misspelt = types.filter(({ schema }) => isMisspelt(String(schema)));
    if (given.part === "offered" && kinds.length === 0 && misspelt.length > 0) {
      return broken(
        ...misspelt.map(({ schema }) =>
          difference("schema of a resource type", KINDS.join(" or "), show(schema)),
        ),
      );
    }
    if (kinds.length === 0) return noKinds(evidence);
    if (given.part === "list") {
      return lastAnswer(evidence)?.status === 200
        ? listResponse.judge(evidence, {})
        : broken(difference("status", "200", showOutcome(evidence)));
    }
    return given.part === "described" ? brokenBy(kinds.flatMap(lacking)) : broken();
  },
};

/** Extensions are what Okta reads `/Schemas` for. */
export const extensionSchemas: Check = {
  name: "extension-schemas",
  summary:
    "The answer lists, with id, name and attributes, each extension that the resource types of step `types` name; not offered where none names one, or none is of roles or entitlements.",
  takes: ["types"],
  judge(evidence, given): Judgement {
    const step = evidence.earlier.get(String(given.types));
    const types = step === undefined ? [] : typesIn(step);
    if (!types.some(isKind)) return noKinds(step ?? NOTHING);
    const named = types
      .flatMap(({ schemaExtensions }) => objectsIn(schemaExtensions))
      .map(({ schema }) => String(schema))
      .filter((schema) => !KNOWN.includes(schema));
    if (named.length === 0)
      return notOffered("no resource type has an extension that Okta would have to learn");
    const list = objectShown(evidence);
    if (list === undefined)
      return broken(difference("answer", "200 with a list of schemas", showOutcome(evidence)));
    const schemas = objectsIn(list.Resources);
    return broken(
      ...named.flatMap((urn) => {
        const schema = schemas.find(({ id }) => id === urn);
        if (schema === undefined) return [difference(`schema ${urn}`, "listed", "absent")];
        const isWhole = isText(schema.name) && Array.isArray(schema.attributes);
        return isWhole ? [] : [difference(`schema ${urn}`, "a name and attributes", show(schema))];
      }),
    );
  },
};

const NOTHING = { exchanges: [] };

const isKind = ({ schema }: JsonObject) => KINDS.includes(String(schema));

/** The resource types of an answer, also where it is no proper list. */
function typesIn(step: Pick<Evidence, "exchanges">): readonly JsonObject[] {
  const answer = lastAnswer(step);
  const body = answer === undefined || answer.status > 299 ? undefined : parsedBody(answer);
  if (body?.ok !== true) return [];
  const value: Json = body.value;
  return isJsonObject(value) ? objectsIn(value.Resources) : objectsIn(value);
}

const isMisspelt = (schema: string) => /^urn:okta:scim:schemas:.*(role|entitlement)s?$/i.test(schema);

function lacking(kind: JsonObject): readonly Difference[] {
  const who = `resource type ${show(kind.name)}`;
  return [
    ...PARTS.flatMap((name) =>
      isText(kind[name]) ? [] : [difference(`${who}: ${name}`, "a text", show(kind[name]))],
    ),
    ...(isJsonObject(kind.meta) ? [] : [difference(`${who}: meta`, "an object", show(kind.meta))]),
  ];
}
