import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Context } from "../context.ts";
import { badRequest, ScimFailure } from "../errors.ts";
import { userType } from "../schemas.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { showingEach } from "./searches.ts";
import { changed, itemsIn, jsonOf, operationsIn, sending, showing } from "./sent.ts";
import { createUser, patchUser, putUser, readUser, spoiling } from "./spoil.ts";

const HASH = "$2b$10$abcdefghijklmnopqrstuv";

/** What servers do otherwise than their schemas say. */
export const rfcHonesty: readonly Defect[] = [
  {
    name: "address-demanded-and-not-declared",
    title: "A user without an e-mail address is refused, though no schema calls addresses required.",
    layer: "app",
    target: ["RFC7643-7-02.optional-is-optional"],
    also: because("this create has no more than a user name", "RFC7644-3.3-01.minimal"),
    make: spoiling(createUser, ({ body }, proceed) => {
      if (body.userName !== undefined && body.emails === undefined)
        throw badRequest("invalidValue", "emails is required.");
      return proceed();
    }),
  },
  {
    name: "nick-name-declared-and-dropped",
    title: "nickName is declared, taken, and never stored.",
    layer: "app",
    target: ["RFC7643-7-02.writable-is-stored"],
    also: [],
    make: spoiling([createUser, putUser], ({ request, body }, proceed) =>
      body.nickName === undefined
        ? proceed()
        : proceed(sending(request, changed(body, { nickName: undefined }))),
    ),
  },
  {
    name: "undeclared-attribute-shown",
    title: "A read shows the tenant of the user, which no schema declares.",
    layer: "app",
    target: ["RFC7643-7-03.attributes"],
    also: because("a read shows more than the answer to the PUT before it", "RFC7644-3.5.1-01.stored"),
    make: spoiling(readUser, ({ request }, proceed) =>
      request.query.has("attributes") ? proceed() : showing(proceed(), { tenantId: "acme" }),
    ),
  },
  {
    name: "password-shown-when-asked-for",
    title: "A read that asks for the password by name gets its hash.",
    layer: "app",
    target: ["RFC7643-7-05.asked-for"],
    also: [],
    make: spoiling(readUser, ({ request }, proceed) =>
      (request.query.get("attributes") ?? "").split(",").includes("password")
        ? showing(proceed(), { password: HASH })
        : proceed(),
    ),
  },
  {
    name: "password-shown-by-search",
    title: "A search by POST that asks for the password by name gets its hash.",
    layer: "app",
    target: ["RFC7643-7-05.searched"],
    also: [],
    make: ({ operations }) => ({
      replace: {
        search: (context, types, request) => {
          const reply = operations.search(context, types, request);
          return itemsIn(jsonOf(request).attributes).includes("password")
            ? showingEach(reply, (user) => ({ ...user, password: HASH }))
            : reply;
        },
      },
    }),
  },
  {
    name: "password-shown-by-patch",
    title: "The answer to a PATCH repeats the password that was set.",
    layer: "app",
    target: ["RFC7643-7-05.written"],
    also: because("Okta's password change is such a PATCH", "OKTA-PASSWORD-02.never-shown"),
    make: spoiling(patchUser, ({ body }, proceed) => {
      const sent = operationsIn(body)
        .map(({ value = null }) => value)
        .filter(isJsonObject)
        .find(({ password }) => password !== undefined);
      return showing(proceed(), { password: sent?.password });
    }),
  },
  {
    name: "chosen-display-names-unique",
    title:
      "A display name that is not made of the names of its user is a handle, which one user alone may have.",
    layer: "app",
    target: ["RFC7643-7-06.accepted"],
    also: [],
    make: spoiling(createUser, ({ context, body }, proceed) => {
      if (isHandle(body) && isTaken(context, String(body.displayName))) {
        throw new ScimFailure(409, "There is somebody of that display name.", "uniqueness");
      }
      return proceed();
    }),
  },
];

function isHandle({ displayName, name = null }: JsonObject): boolean {
  return (
    typeof displayName === "string" &&
    isJsonObject(name) &&
    displayName !== `${String(name.givenName)} ${String(name.familyName)}`
  );
}

function isTaken(context: Context, displayName: string): boolean {
  const filter = { kind: "compare", name: "displayName", operator: "eq", value: displayName } as const;
  return context.operations.matching(context, userType, filter).length > 0;
}
