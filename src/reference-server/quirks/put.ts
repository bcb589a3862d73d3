import type { JsonObject } from "../../model/json.ts";
import type { Resource } from "../resource.ts";
import { readingWhole } from "./make.ts";
import type { Quirk } from "./quirk.ts";

const CHOICE = "RFC 7644 section 3.5.1: what a PUT leaves out may be cleared, kept or given a default";

/** A body with defaults for what it does not name, whatever the letter case. */
function completed(body: JsonObject, defaults: JsonObject): JsonObject {
  const named = new Set(Object.keys(body).map((name) => name.toLowerCase()));
  const missing = Object.entries(defaults).filter(([name]) => !named.has(name.toLowerCase()));
  return { ...Object.fromEntries(missing), ...body };
}

function storedAs(stored: Resource | undefined): JsonObject {
  if (stored === undefined) return {};
  // A password is kept as a digest, which must not be taken for a new one; the server keeps it anyway. What is
  // required has to be in every PUT.
  const { password: _digest, userName: _name, displayName, ...kept } = stored.attributes;
  if (stored.type.name === "Group") {
    return { ...kept, members: Array.from(stored.members, (value) => ({ value })) };
  }
  return displayName === undefined ? kept : { ...kept, displayName };
}

/** What becomes of the attributes that a PUT or a create leaves out. */
export const put: readonly Quirk[] = [
  {
    name: "put-keeps-what-is-left-out",
    title: "Optional attributes that a PUT leaves out stay as they were.",
    permittedBy: CHOICE,
    contradicts: ["put-defaults-what-is-left-out"],
    layer: "app",
    make: ({ operations }) => {
      const users = readingWhole(operations, "User", (body, stored) => completed(body, storedAs(stored)));
      return {
        replace: readingWhole({ ...operations, ...users }, "Group", (body, stored) =>
          completed(body, storedAs(stored)),
        ),
      };
    },
  },
  {
    name: "put-defaults-what-is-left-out",
    title: "A PUT gives what it leaves out the value that a new user would have, active: true included.",
    permittedBy: CHOICE,
    layer: "app",
    make: ({ operations }) => ({
      replace: {
        replace: readingWhole(operations, "User", (body) =>
          completed(body, { active: true, locale: "en-GB", timezone: "Etc/UTC" }),
        ).replace,
      },
    }),
  },
  {
    name: "creates-get-defaults",
    title: "A new user gets a language, a time zone and a type that nobody sent.",
    permittedBy: "RFC 7644 section 3.3: the provider may give default values to what a create leaves out",
    // No schema of such a server declares what it would give.
    contradicts: ["optional-attributes-not-stored"],
    layer: "app",
    make: ({ operations }) => ({
      replace: {
        create: readingWhole(operations, "User", (body) =>
          completed(body, { preferredLanguage: "en", timezone: "Etc/UTC", userType: "Employee" }),
        ).create,
      },
    }),
  },
];
