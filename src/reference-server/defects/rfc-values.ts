import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { badRequest } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, itemsIn, sending, showing } from "./sent.ts";
import { createUser, readGroup, readUser, spoiling } from "./spoil.ts";

const isPrimary = (value: Json): boolean => isJsonObject(value) && value.primary === true;

/** Elements with another `$ref` each. */
const referring = (
  elements: Json | undefined,
  address: (id: string) => string,
): readonly Json[] | undefined =>
  elements === undefined
    ? undefined
    : itemsIn(elements)
        .filter(isJsonObject)
        .map((element) => changed(element, { $ref: address(String(element.value)) }));

const nullsIn = (body: JsonObject): readonly string[] =>
  Object.keys(body).filter((name) => body[name] === null);

/** What servers do wrong with the values they are sent, and with those they show. */
export const rfcValues: readonly Defect[] = [
  {
    name: "name-read-in-small-letters-only",
    title: "A create reads name where it is written like that, and passes over Name.",
    layer: "app",
    target: ["RFC7643-2.1-01.read"],
    also: [],
    make: spoiling(createUser, ({ request, body }, proceed) =>
      body.Name === undefined ? proceed() : proceed(sending(request, changed(body, { Name: undefined }))),
    ),
  },
  {
    name: "two-primary-addresses-kept",
    title: "A user with two primary addresses is created, and shown with both.",
    layer: "app",
    target: ["RFC7643-2.4-01.one-primary"],
    also: [],
    make: spoiling(createUser, ({ request, body }, proceed) => {
      const emails = itemsIn(body.emails);
      if (emails.filter(isPrimary).length < 2) return proceed();
      const first = changed(body, { emails: emails.slice(0, 1) });
      return showing(proceed(sending(request, first)), { emails });
    }),
  },
  {
    name: "null-refused",
    title: "null is refused in a create, because it is no text.",
    layer: "app",
    target: ["RFC7643-2.5-01.accepted"],
    also: [],
    make: spoiling(createUser, ({ body }, proceed) => {
      const [name] = nullsIn(body);
      if (name !== undefined) throw badRequest("invalidValue", `${name} is no text.`);
      return proceed();
    }),
  },
  {
    name: "null-stored-as-text",
    title: "null in a create is stored as the text null.",
    layer: "app",
    target: ["RFC7643-2.5-01.unassigned"],
    also: [],
    make: spoiling(createUser, ({ request, body }, proceed) => {
      const texts = Object.fromEntries(nullsIn(body).map((name) => [name, "null"]));
      return proceed(sending(request, changed(body, texts)));
    }),
  },
  {
    name: "member-reference-leads-to-membership",
    title: "The $ref of a member is the address of the membership, where nothing can be read.",
    layer: "app",
    target: ["RFC7643-2.3.7-01.member"],
    also: because("the references of members are judged there too", "RFC7643-4.2-04.reference"),
    make: spoiling(readGroup, ({ context, resource }, proceed) => {
      const reply = proceed();
      const members = referring(
        reply.body?.members,
        (id) => `${context.baseUrl}/Groups/${resource?.id ?? ""}/members/${id}`,
      );
      return members === undefined ? reply : showing(reply, { members });
    }),
  },
  {
    name: "group-reference-leads-to-user",
    title: "The $ref in groups of a user puts the id of the group behind /Users.",
    layer: "app",
    target: ["RFC7643-2.3.7-01.group"],
    also: [],
    make: spoiling(readUser, ({ context }, proceed) => {
      const reply = proceed();
      const groups = referring(reply.body?.groups, (id) => `${context.baseUrl}/Users/${id}`);
      return groups === undefined ? reply : showing(reply, { groups });
    }),
  },
];
