import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { URN } from "../../model/scim.ts";
import { changed, itemsIn } from "../defects/sent.ts";
import { badRequest } from "../errors.ts";
import { type Make, readingWhole, rewriting, showingOnly, together } from "./make.ts";
import type { Quirk } from "./quirk.ts";

/**
 * A server without these attributes of users: whole resources are stored without them, a PATCH that names nothing
 * else is refused, and no schema lists them.
 */
function usersWithout(names: readonly string[]): Make {
  const isGone = (name: string) => names.some((gone) => gone.toLowerCase() === name.toLowerCase());
  const without = (body: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(body).filter(([name]) => !isGone(name)));
  return together(
    ({ operations }) => ({
      replace: {
        ...readingWhole(operations, "User", without),
        applyOperation: (context, draft, operation) => {
          if (draft.type.name !== "User") return operations.applyOperation(context, draft, operation);
          const { path, value } = operation;
          if (path !== undefined && isGone(firstName(path))) {
            throw badRequest("invalidPath", `Users have no ${firstName(path)} here.`);
          }
          if (path !== undefined || !isJsonObject(value)) {
            return operations.applyOperation(context, draft, operation);
          }
          const rest = without(value);
          if (Object.keys(rest).length === 0 && Object.keys(value).length > 0) {
            throw badRequest("invalidPath", "Users have none of these attributes here.");
          }
          operations.applyOperation(context, draft, { ...operation, value: rest });
        },
      },
    }),
    rewriting((body) => withoutSchema(body, isGone)),
  );
}

/** The attribute, or the extension, that the path of a PATCH operation begins with. */
const firstName = (path: string): string =>
  path.toLowerCase().startsWith(URN.enterpriseUser.toLowerCase())
    ? URN.enterpriseUser
    : (path.replace(/^urn:.*:(?=[^:]*$)/i, "").split(/[.[]/)[0] ?? path);

/** What the server says of itself: a schema loses its attribute, a list or a resource type its extension. */
function withoutSchema(body: JsonObject, isGone: (name: string) => boolean): JsonObject {
  const kept = (items: Json | undefined, nameOf: (item: JsonObject) => Json | undefined) =>
    itemsIn(items).filter((item) => !isJsonObject(item) || !isGone(String(nameOf(item))));
  const own = (entry: Json): Json => (isJsonObject(entry) ? withoutSchema(entry, isGone) : entry);
  if (Array.isArray(body.Resources)) {
    const listed = kept(body.Resources, ({ id }) => id);
    const counts =
      listed.length === body.Resources.length
        ? {}
        : { totalResults: listed.length, itemsPerPage: listed.length };
    return { ...body, Resources: listed.map(own), ...counts };
  }
  if (body.id === URN.user && Array.isArray(body.attributes)) {
    return { ...body, attributes: kept(body.attributes, ({ name }) => name) };
  }
  return Array.isArray(body.schemaExtensions)
    ? { ...body, schemaExtensions: kept(body.schemaExtensions, ({ schema }) => schema) }
    : body;
}

const isAtWork = (email: Json) => isJsonObject(email) && /^work$/i.test(String(email.type));

/** A server with one column for an address. Where none of those sent is of type work, the one that is stored stays. */
function workAddressAlone({ operations }: Parameters<Make>[0]): ReturnType<Make> {
  const atWork = (body: JsonObject): JsonObject => {
    const { emails, ...rest } = body;
    const kept = itemsIn(emails).filter(isAtWork).slice(0, 1);
    return !Array.isArray(emails) || (emails.length > 0 && kept.length === 0)
      ? rest
      : { ...rest, emails: kept };
  };
  return {
    replace: {
      ...readingWhole(operations, "User", atWork),
      applyOperation: (context, draft, operation) => {
        const { path, value } = operation;
        const isWhole = path !== undefined && /^emails$/i.test(path) && Array.isArray(value);
        if (draft.type.name !== "User" || !(isWhole || (path === undefined && isJsonObject(value)))) {
          return operations.applyOperation(context, draft, operation);
        }
        const read = atWork(isJsonObject(value) ? value : { emails: value ?? null });
        if (isWhole && read.emails === undefined) return;
        operations.applyOperation(context, draft, {
          ...operation,
          value: isWhole ? (read.emails ?? null) : read,
        });
      },
    },
  };
}

const IGNORED = "OKTA-CREATE-12 and OKTA-ROBUST-05: attributes that the server does not support are ignored";
const OPTIONAL = ["locale", "title", "nickName", "userType", "preferredLanguage", "timezone", "profileUrl"];

/** What is taken and not kept. */
export const unstored: readonly Quirk[] = [
  {
    name: "external-id-not-stored",
    title: "externalId is taken and forgotten.",
    permittedBy: "RFC 7643 section 3.1: externalId is optional; OKTA-CREATE-10 asks for it as a should",
    layer: "app",
    make: usersWithout(["externalId"]),
  },
  {
    name: "optional-attributes-not-stored",
    title: "Users have no locale, title, nickName, userType, language, time zone or profile address.",
    permittedBy: IGNORED,
    layer: "app",
    make: usersWithout(OPTIONAL),
  },
  {
    name: "one-address-of-type-work",
    title: "A user has one address, of type work; others are passed over.",
    permittedBy:
      "RFC 7644 section 3.3: a server may leave out what was sent; OKTA-CREATE-11 asks for the primary one",
    layer: "app",
    make: workAddressAlone,
  },
  {
    name: "display-name-of-users-not-stored",
    title: "Users have no displayName.",
    permittedBy: IGNORED,
    contradicts: ["display-name-computed"],
    layer: "app",
    make: usersWithout(["displayName"]),
  },
  {
    name: "display-name-computed",
    title: "displayName of a user is made of the names, whatever was sent.",
    permittedBy: "RFC 7643 section 2.2: a server's schema may declare an attribute read-only",
    againstRfc: "RFC 7643 section 8.7.1: the schema served here says that displayName can be written",
    layer: "app",
    make: together(
      usersWithout(["displayName"]),
      showingOnly("User", (user, { isWhole }) => {
        const { name } = user;
        if (!isWhole || !isJsonObject(name)) return user;
        return { ...user, displayName: `${String(name.familyName ?? "")}, ${String(name.givenName ?? "")}` };
      }),
    ),
  },
  {
    name: "no-enterprise-extension",
    title: "The enterprise extension is not supported: what stands in it is passed over.",
    permittedBy: `RFC 7643 section 4.3: the extension is optional; ${IGNORED}`,
    layer: "app",
    make: usersWithout([URN.enterpriseUser]),
  },
  {
    name: "password-not-supported",
    title: "A password in a whole user is passed over, and one in a PATCH is refused.",
    permittedBy:
      "OKTA-CREATE-08: the value is accepted or ignored; RFC 7643 section 5: changePassword is optional",
    layer: "app",
    make: together(
      usersWithout(["password"]),
      rewriting((body, _reply, { target }) =>
        target.endsWith("/ServiceProviderConfig") && body.changePassword !== undefined
          ? changed(body, { changePassword: { supported: false } })
          : body,
      ),
    ),
  },
];
