import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { badRequest } from "../errors.ts";
import { userType } from "../schemas.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, itemsIn, listedIn, showing } from "./sent.ts";
import { leaveGroups, listUsers, putUser, restore, spoiling, spoilingEach } from "./spoil.ts";

const emailOf = ({ emails }: JsonObject) => {
  const [first] = itemsIn(emails);
  return isJsonObject(first) ? first.value : undefined;
};

/** What servers do wrong when a whole user is replaced. */
export const put: readonly Defect[] = [
  {
    name: "put-answers-204",
    title: "A replace of a user is carried out and answered 204 without the user.",
    layer: "app",
    target: ["OKTA-PUT-01.answer"],
    also: [],
    make: spoiling(putUser, (_call, proceed) => {
      proceed();
      return { status: 204 };
    }),
  },
  {
    name: "put-keeps-given-name",
    title: "A replace answers 200 with the new given name, and the next read shows the old one.",
    layer: "app",
    target: ["OKTA-PUT-01.stored"],
    also: [
      ...because(
        "The given name that Okta pushed is one of those that a read should show.",
        "OKTA-LINK-03.profile-taken",
        "OKTA-PUT-03.profile-taken",
        "OKTA-REACT-01.profile-kept",
      ),
    ],
    make: spoiling(putUser, (call, proceed) => {
      const before = call.resource?.attributes.name;
      const reply = proceed();
      const after = call.resource?.attributes;
      if (isJsonObject(before) && after !== undefined && isJsonObject(after.name)) {
        const name = changed(after.name, { givenName: before.givenName });
        restore(call, { ...after, name });
      }
      return reply;
    }),
  },
  {
    name: "put-echoes-without-storing",
    title: "A replace answers 200 with the user as it was sent, and stores nothing.",
    layer: "app",
    target: ["OKTA-PUT-01.stored", "OKTA-PUT-03.profile-taken", "OKTA-DEACT-01.inactive"],
    also: [
      ...because(
        "The deactivation is a replace, and it was not stored.",
        "OKTA-IMPORT-05.inactive-shown",
        "OKTA-LOOKUP-05.shown-inactive",
      ),
      ...because(
        "The adoption is a replace, and it was not stored.",
        "OKTA-LINK-03.active",
        "OKTA-LINK-03.profile-taken",
      ),
      ...because("The cleared title was not stored.", "OKTA-PUT-04.cleared"),
      ...because(
        "The new userName was not stored.",
        "OKTA-PUT-05.found-by-new-name",
        "OKTA-PUT-05.old-name-gone",
      ),
      ...because("What the reactivation pushed was not stored.", "OKTA-REACT-01.profile-kept"),
      ...because("A grant is a replace as well.", "OKTA-ENT-08.stored"),
    ],
    make: spoiling(putUser, (call, proceed) => {
      const before = call.resource?.attributes;
      const reply = proceed();
      if (before !== undefined) restore(call, before);
      return reply;
    }),
  },
  {
    name: "put-refuses-meta",
    title: "A replace that brings back the server's own meta is refused, because meta is read-only.",
    layer: "app",
    target: ["OKTA-PUT-02.accepted"],
    also: [
      ...because(
        "The deactivation by PUT writes back what was read, with its meta.",
        "OKTA-DEACT-01.answer",
        "OKTA-DEACT-01.inactive",
        "OKTA-IMPORT-05.inactive-shown",
      ),
      ...because(
        "The adoption of an existing account writes back what was read, with its meta.",
        "OKTA-LINK-03.adopted",
      ),
      ...because(
        "Every profile change writes back what was read, with its meta.",
        "OKTA-PUT-01.answer",
        "OKTA-PUT-05.accepted",
      ),
      ...because("The reactivation by PUT writes back what was read, with its meta.", "OKTA-REACT-01.answer"),
    ],
    make: spoiling(putUser, ({ body }, proceed) => {
      if (body.meta !== undefined) throw badRequest("mutability", "meta is read-only.");
      return proceed();
    }),
  },
  {
    name: "put-with-new-email-moves-account",
    title: "Accounts are keyed by e-mail: a replace with another address makes a new account under a new id.",
    layer: "app",
    target: ["OKTA-PUT-02.id-kept"],
    also: [
      ...because(
        "The adoption pushes another address, so that the account moves away from its id.",
        "OKTA-LINK-03.adopted",
      ),
      ...because("The answer shows the new id.", "OKTA-PUT-01.answer"),
      ...because(
        "The rename pushes another address too, so that the new name belongs to a new id.",
        "OKTA-PUT-05.found-by-new-name",
      ),
    ],
    make: spoiling(putUser, ({ context, resource, body }, proceed) => {
      const before = resource?.attributes;
      const reply = proceed();
      if (resource === undefined || before === undefined || emailOf(before) === emailOf(body)) return reply;
      const { attributes } = resource;
      context.store.remove(resource);
      const moved = context.store.insert(userType, attributes);
      return { ...reply, body: context.operations.render(context, moved, {}) };
    }),
  },
  {
    name: "put-keeps-old-email",
    title: "A replace takes over names, but never the e-mail address.",
    layer: "app",
    target: ["OKTA-PUT-03.profile-taken"],
    also: [
      ...because("The adoption pushes another address, which is not taken.", "OKTA-LINK-03.profile-taken"),
    ],
    make: spoiling(putUser, (call, proceed) => {
      const before = call.resource?.attributes.emails;
      const reply = proceed();
      const after = call.resource?.attributes;
      if (before !== undefined && after !== undefined) restore(call, { ...after, emails: before });
      return reply;
    }),
  },
  {
    name: "put-refuses-new-user-name",
    title: "userName is immutable: a replace with another one is refused.",
    layer: "app",
    target: ["OKTA-PUT-05.accepted"],
    also: [],
    make: spoiling(putUser, ({ resource, body }, proceed) => {
      if (resource !== undefined && body.userName !== resource.attributes.userName) {
        throw badRequest("mutability", "userName cannot be changed.");
      }
      return proceed();
    }),
  },
  {
    name: "new-user-name-not-indexed",
    title: "After a change of userName the search still knows the user by the old name alone.",
    layer: "app",
    target: ["OKTA-PUT-05.found-by-new-name"],
    also: [],
    make: spoilingEach(() => {
      const renamed = new Set<unknown>();
      return [
        {
          at: putUser,
          spoil: ({ resource, body }, proceed) => {
            if (resource !== undefined && body.userName !== resource.attributes.userName) {
              renamed.add(body.userName);
            }
            return proceed();
          },
        },
        {
          at: listUsers,
          spoil: ({ request }, proceed) => {
            const reply = proceed();
            if (!request.query.has("filter")) return reply;
            const shown = listedIn(reply).filter(({ userName }) => !renamed.has(userName));
            return showing(reply, {
              totalResults: shown.length,
              itemsPerPage: shown.length,
              Resources: shown,
            });
          },
        },
      ];
    }),
  },
  {
    name: "old-user-name-still-found",
    title: "The search index keeps the old userName after a change, and shows the user under it.",
    layer: "app",
    target: ["OKTA-PUT-05.old-name-gone"],
    also: [],
    make: spoilingEach(() => {
      const old = new Map<string, JsonObject>();
      return [
        {
          at: putUser,
          spoil: ({ context, resource, body }, proceed) => {
            if (resource !== undefined && body.userName !== resource.attributes.userName) {
              const name = String(resource.attributes.userName).toLowerCase();
              old.set(name, context.operations.render(context, resource, {}));
            }
            return proceed();
          },
        },
        {
          at: listUsers,
          spoil: ({ request }, proceed) => {
            const filter = request.query.get("filter")?.toLowerCase() ?? "";
            const stale = [...old].find(([name]) => filter.includes(`"${name}"`))?.[1];
            const reply = proceed();
            return stale === undefined
              ? reply
              : showing(reply, { totalResults: 1, itemsPerPage: 1, Resources: [stale] });
          },
        },
      ];
    }),
  },
  {
    name: "put-creates-unknown-user",
    title: "A replace of an unknown id creates the user.",
    layer: "app",
    target: ["OKTA-PUT-06.creates-nobody"],
    also: [...because("What creates somebody does not answer 404.", "OKTA-PUT-06.not-found")],
    make: spoiling(putUser, ({ context, resource, request }, proceed) =>
      resource === undefined ? context.operations.create(context, userType, request) : proceed(),
    ),
  },
  {
    name: "put-with-empty-groups-leaves-them",
    title: "A replace with an empty list of groups takes the user out of all groups.",
    layer: "app",
    target: ["OKTA-CREATE-09.membership-kept"],
    also: [],
    make: spoiling(putUser, (call, proceed) => {
      const reply = proceed();
      const { groups } = call.body;
      if (Array.isArray(groups) && groups.length === 0) leaveGroups(call);
      return reply;
    }),
  },
  {
    name: "put-refuses-empty-values",
    title: "A text that is empty or null is refused, also where the attribute is optional.",
    layer: "app",
    target: ["OKTA-PUT-04.empty-text", "OKTA-PUT-04.null-value"],
    also: [],
    make: spoiling(putUser, ({ body }, proceed) => {
      if (body.title === "" || body.title === null) throw badRequest("invalidValue", "title is empty.");
      return proceed();
    }),
  },
];
