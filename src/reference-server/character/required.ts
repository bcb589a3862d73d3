import type { Json, JsonObject } from "../../model/json.ts";
import type { ObservableOf } from "../../model/observable.ts";
import { ScimFailure } from "../errors.ts";
import { type Make, readingWhole, together } from "../quirks/make.ts";
import type { Resource } from "../resource.ts";
import { groupType, userType } from "../schemas.ts";
import { firstOf, type Playing } from "./kind.ts";
import { valueAtPath } from "./value-path.ts";

type Body = (body: JsonObject, stored: Resource | undefined) => JsonObject;

/** Looks at whole resources of one kind and one method before they are read. */
function reading(resource: "Users" | "Groups", method: "POST" | "PUT", change: Body): Make {
  const name = resource === "Users" ? "User" : "Group";
  return ({ operations }) => ({
    replace: readingWhole(operations, name, (body, stored) =>
      (method === "POST") === (stored === undefined) ? change(body, stored) : body,
    ),
  });
}

/** Refuses what lacks a required attribute. A contrary fact takes it, with something of the server's in its place. */
export const required: Playing<"required"> = (facts) =>
  together(
    ...facts.map(({ resource, method, attribute, when, answer, contrary }) =>
      reading(resource, method, (body, stored) => {
        if (when !== undefined && body[when] === undefined) return body;
        if (valueAtPath(body, attribute).length > 0) return body;
        if (contrary === true) return withDefault(body, resource, attribute, stored);
        const status = firstOf(answer);
        throw new ScimFailure(
          status,
          `${attribute} is required.`,
          status === 400 ? "invalidValue" : undefined,
        );
      }),
    ),
  );

/** Takes what lacks an optional attribute, also where the sound server asks for it. */
export const optional: Playing<"optional"> = (facts) =>
  together(
    ...facts.map(({ resource, method, attribute, contrary }) =>
      reading(resource, method, (body, stored) => {
        if (valueAtPath(body, attribute).length > 0) return body;
        if (contrary !== true) return withDefault(body, resource, attribute, stored);
        throw new ScimFailure(400, `${attribute} is required.`, "invalidValue");
      }),
    ),
  );

const NEEDED_BY_THE_SOUND: readonly string[] = ["schemas", "userName", "displayName"];

function withDefault(
  body: JsonObject,
  resource: ObservableOf<"required">["resource"],
  attribute: string,
  stored: Resource | undefined,
): JsonObject {
  if (!NEEDED_BY_THE_SOUND.includes(attribute)) return body;
  if (attribute === "displayName" && resource === "Users") return body;
  const type = resource === "Users" ? userType : groupType;
  const value: Json =
    attribute === "schemas" ? [type.schema.id] : (stored?.attributes[attribute] ?? nameOfItsOwn());
  return { ...body, [attribute]: value };
}

let named = 0;
const nameOfItsOwn = () => {
  named += 1;
  return `unnamed ${named}`;
};
