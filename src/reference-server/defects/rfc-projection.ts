import type { JsonObject } from "../../model/json.ts";
import type { ScimRequest } from "../message.ts";
import type { Variation } from "../variation.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { asking } from "./misread.ts";
import { changed, jsonOf, sending, showing } from "./sent.ts";
import {
  createUser,
  listGroups,
  listUsers,
  patchUser,
  putUser,
  readGroup,
  readUser,
  spoiling,
  type Where,
} from "./spoil.ts";

type Parameter = "attributes" | "excludedattributes";

/** The parameter is not looked at in one kind of request. */
const ignoring = (parameter: Parameter, where: Where): Variation["make"] =>
  spoiling(where, ({ request }, proceed) => proceed(asking(request, { [parameter]: undefined })));

const namesIn = ({ query }: ScimRequest, parameter: Parameter): readonly string[] =>
  (query.get(parameter) ?? "").split(",").filter((name) => name !== "");

/** `attributes` of a read has other names. */
const naming = (rename: (name: string) => string): Variation["make"] =>
  spoiling(readUser, ({ request }, proceed) => {
    const names = namesIn(request, "attributes");
    if (names.length === 0) return proceed();
    return proceed(asking(request, { attributes: names.map(rename).join(",") }));
  });

/** What is always returned is left out when a client excludes it. */
const excludable = (name: keyof JsonObject & string): Variation["make"] =>
  spoiling(readUser, ({ request }, proceed) => {
    const reply = proceed();
    return namesIn(request, "excludedattributes").includes(name)
      ? showing(reply, { [name]: undefined })
      : reply;
  });

// Any name that no schema knows: nothing is shown for it.
const UNKNOWN = "nothing";

/** What servers do wrong with `attributes` and `excludedAttributes`. */
export const rfcProjection: readonly Defect[] = [
  {
    name: "attributes-ignored-on-read",
    title: "A read shows the whole user, whatever attributes says.",
    layer: "app",
    target: ["RFC7644-3.9-01.one"],
    also: because(
      "however the attribute is named, everything is shown",
      "RFC7644-3.10-01.part",
      "RFC7644-3.10-01.core-urn",
      "RFC7644-3.10-01.extension-urn",
      "RFC7644-3.10-01.letter-case",
    ),
    make: ignoring("attributes", readUser),
  },
  {
    name: "id-shown-only-when-asked-for",
    title: "A read whose attributes do not name id leaves it out.",
    layer: "app",
    target: ["RFC7644-3.9-01.one"],
    also: because(
      "however the attribute is named, id is left out",
      "RFC7644-3.10-01.part",
      "RFC7644-3.10-01.core-urn",
      "RFC7644-3.10-01.extension-urn",
      "RFC7644-3.10-01.letter-case",
    ),
    make: spoiling(readUser, ({ request }, proceed) => {
      const names = namesIn(request, "attributes");
      return names.length === 0 || names.includes("id") ? proceed() : showing(proceed(), { id: undefined });
    }),
  },
  {
    name: "attributes-ignored-in-lists",
    title: "A list shows whole users, whatever attributes says.",
    layer: "app",
    target: ["RFC7644-3.9-01.list"],
    also: [],
    make: ignoring("attributes", listUsers),
  },
  {
    name: "attributes-ignored-in-searches",
    title: "A search by POST shows whole users, whatever attributes says.",
    layer: "app",
    target: ["RFC7644-3.9-01.search"],
    also: [],
    make: ({ operations }) => ({
      replace: {
        search: (context, types, request) =>
          operations.search(
            context,
            types,
            sending(request, changed(jsonOf(request), { attributes: undefined })),
          ),
      },
    }),
  },
  {
    name: "attributes-ignored-on-create",
    title: "The answer to a create shows the whole user, whatever attributes says.",
    layer: "app",
    target: ["RFC7644-3.9-01.create"],
    also: [],
    make: ignoring("attributes", createUser),
  },
  {
    name: "attributes-ignored-on-put",
    title: "The answer to a PUT shows the whole user, whatever attributes says.",
    layer: "app",
    target: ["RFC7644-3.9-01.replace"],
    also: [],
    make: ignoring("attributes", putUser),
  },
  {
    name: "attributes-ignored-on-patch",
    title: "The answer to a PATCH shows the whole user, whatever attributes says.",
    layer: "app",
    target: ["RFC7644-3.9-01.modify"],
    also: [],
    make: ignoring("attributes", patchUser),
  },
  {
    name: "excluded-shown-on-read",
    title: "A read shows a user's attributes although they are excluded.",
    layer: "app",
    target: ["RFC7644-3.9-02.one"],
    also: [],
    make: ignoring("excludedattributes", readUser),
  },
  {
    name: "excluded-shown-in-lists",
    title: "A list shows attributes of users although they are excluded.",
    layer: "app",
    target: ["RFC7644-3.9-02.list"],
    also: [],
    make: ignoring("excludedattributes", listUsers),
  },
  {
    name: "id-excludable",
    title: "A client that excludes the id is shown a user without one.",
    layer: "app",
    target: ["RFC7644-3.9-02.id-kept"],
    also: [],
    make: excludable("id"),
  },
  {
    name: "schemas-excludable",
    title: "A client that excludes schemas is shown a user without them.",
    layer: "app",
    target: ["RFC7644-3.9-02.schemas-kept"],
    also: [],
    make: excludable("schemas"),
  },
  {
    name: "excluded-members-shown-on-read",
    title: "A group is shown with its members although they are excluded.",
    layer: "app",
    target: ["RFC7644-3.9-02.members"],
    also: [],
    make: ignoring("excludedattributes", readGroup),
  },
  {
    name: "excluded-members-shown-in-lists",
    title: "Groups are listed with their members although they are excluded.",
    layer: "app",
    target: ["RFC7644-3.9-02.members-in-list"],
    also: because("this list of groups excludes members as well", "RFC7644-3.9-11.left-out"),
    make: ignoring("excludedattributes", listGroups),
  },
  {
    name: "sub-attribute-shown-with-siblings",
    title: "A client that asks for a sub-attribute is shown the whole attribute.",
    layer: "app",
    target: ["RFC7644-3.10-01.part"],
    also: [],
    make: naming((name) => (name.startsWith("urn:") ? name : name.replace(/\..*/, ""))),
  },
  {
    name: "core-urn-not-known-in-attributes",
    title: "A core attribute that is named with its URN is not shown.",
    layer: "app",
    target: ["RFC7644-3.10-01.core-urn"],
    also: [],
    make: naming((name) => (/^urn:.*:core:/i.test(name) ? UNKNOWN : name)),
  },
  {
    name: "extension-attribute-shown-with-siblings",
    title: "A client that asks for an attribute of an extension is shown the whole user.",
    layer: "app",
    target: ["RFC7644-3.10-01.extension-urn"],
    also: [],
    make: spoiling(readUser, ({ request }, proceed) =>
      namesIn(request, "attributes").some((name) => /^urn:.*:extension:/i.test(name))
        ? proceed(asking(request, { attributes: undefined }))
        : proceed(),
    ),
  },
  {
    name: "attributes-in-capitals-not-known",
    title: "A client that does not spell an attribute as the schema does is not shown it.",
    layer: "app",
    target: ["RFC7644-3.10-01.letter-case"],
    also: [],
    make: naming((name) => (/^[A-Z]/.test(name) ? UNKNOWN : name)),
  },
];
