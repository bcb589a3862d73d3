import type { JsonObject } from "../../model/json.ts";
import { ScimFailure } from "../errors.ts";
import type { Reply, ScimRequest } from "../message.ts";
import { userType } from "../schemas.ts";
import type { Variation } from "../variation.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, listedIn, showing } from "./sent.ts";
import { type Call, listUsers, readUser, spoiling } from "./spoil.ts";

/** Looks at the answer to a search by user name. */
function spoilingLookUps(spoil: (reply: Reply, call: Call) => Reply): Variation["make"] {
  return spoiling(listUsers, (call, proceed) =>
    nameIn(call.request) === undefined ? proceed() : spoil(proceed(), call),
  );
}

/** The user name that is searched for; undefined for any other list. */
function nameIn({ query }: ScimRequest): string | undefined {
  const literal = /^userName eq ("(?:[^"\\]|\\.)*")$/i.exec(query.get("filter") ?? "")?.[1];
  return literal === undefined ? undefined : (JSON.parse(literal) as string);
}

const showingEach = (reply: Reply, show: (user: JsonObject) => JsonObject): Reply =>
  showing(reply, { Resources: listedIn(reply).map(show) });

const showingOnly = (reply: Reply, users: readonly JsonObject[]): Reply =>
  showing(reply, { Resources: users, totalResults: users.length, itemsPerPage: users.length });

const isMiss = (reply: Reply): boolean => listedIn(reply).length === 0;

/** What servers find, or do not find, when Okta searches by user name. */
export const lookUp: readonly Defect[] = [
  {
    name: "look-up-total-counts-everybody",
    title: "The total of a search counts all users there are, not those that match.",
    layer: "app",
    target: ["OKTA-LOOKUP-01.one-match"],
    also: because(
      "these searches ask for a total of 1 as well",
      "OKTA-LOOKUP-01.any-character",
      "OKTA-LOOKUP-07.matched",
    ),
    make: spoilingLookUps((reply, { context }) =>
      isMiss(reply) ? reply : showing(reply, { totalResults: context.store.count(userType) + 1 }),
    ),
  },
  {
    name: "look-up-finds-user-twice",
    title: "A join makes a search show the same user twice.",
    layer: "app",
    target: ["OKTA-LOOKUP-01.one-match"],
    also: [
      ...because(
        "these searches ask for a total of 1 as well",
        "OKTA-LOOKUP-01.any-character",
        "OKTA-LOOKUP-07.matched",
      ),
      ...because(
        "two are found where one was made",
        "OKTA-CREATE-04.same-everywhere",
        "OKTA-LINK-01.unchanged",
        "OKTA-LINK-02.one-user",
        "OKTA-PUT-05.found-by-new-name",
        "OKTA-ROBUST-01.found",
        "OKTA-ROBUST-03.apostrophe",
        "OKTA-ROBUST-04.attribute",
        "OKTA-ROBUST-04.operator",
      ),
    ],
    make: spoilingLookUps((reply) =>
      showingOnly(
        reply,
        listedIn(reply).flatMap((user) => [user, user]),
      ),
    ),
  },
  {
    name: "look-up-shows-no-user-name",
    title: "A search shows who matched without the user name.",
    layer: "app",
    target: ["OKTA-LOOKUP-01.the-user"],
    also: [
      ...because("a profile in a list lacks its name", "OKTA-CRED-05.profile"),
      ...because(
        "nobody of that name is found",
        "OKTA-LINK-01.unchanged",
        "OKTA-LINK-02.one-user",
        "OKTA-PUT-05.found-by-new-name",
        "OKTA-ROBUST-01.found",
        "OKTA-ROBUST-03.apostrophe",
        "OKTA-ROBUST-04.attribute",
        "OKTA-ROBUST-04.operator",
      ),
    ],
    make: spoilingLookUps((reply) => showingEach(reply, (user) => changed(user, { userName: undefined }))),
  },
  {
    name: "look-up-miss-ends-in-500",
    title: "A search that finds nobody reads the first of no rows, and ends in a 500.",
    layer: "app",
    target: ["OKTA-LOOKUP-02.nobody"],
    also: because("no list comes", "OKTA-LOOKUP-02.empty-list"),
    make: spoilingLookUps((reply) => {
      if (isMiss(reply)) throw new ScimFailure(500, "There is no such row.");
      return reply;
    }),
  },
  {
    name: "look-up-miss-answered-404",
    title: "A search that finds nobody is answered 404 with a SCIM error.",
    layer: "app",
    target: ["OKTA-LOOKUP-02.empty-list"],
    also: [],
    make: spoilingLookUps((reply) => {
      if (isMiss(reply)) throw new ScimFailure(404, "Nobody has this user name.");
      return reply;
    }),
  },
  {
    name: "inactive-users-hidden",
    title: "A search does not find users that are not active.",
    layer: "app",
    source: "https://github.com/growthbook/growthbook/pull/1680",
    target: ["OKTA-LOOKUP-05.still-found"],
    also: because("a create under the name that was not found is a conflict", "OKTA-LINK-04.lookup-agrees"),
    make: spoilingLookUps((reply) =>
      showingOnly(
        reply,
        listedIn(reply).filter(({ active }) => active !== false),
      ),
    ),
  },
  {
    name: "inactive-users-not-readable",
    title: "A read of a user that is not active is answered 404.",
    layer: "app",
    target: ["OKTA-LOOKUP-05.still-readable"],
    also: because(
      "a read that shows the user inactive never comes",
      "OKTA-DEACT-01.inactive",
      "OKTA-PATCH-02.inactive",
    ),
    make: spoiling(readUser, ({ resource }, proceed) => {
      if (resource?.attributes.active === false) throw new ScimFailure(404, "There is no such user.");
      return proceed();
    }),
  },
  {
    name: "inactive-users-found-as-active",
    title: "A search shows everybody as active.",
    layer: "app",
    target: ["OKTA-LOOKUP-05.shown-inactive"],
    also: [],
    make: spoilingLookUps((reply) => showingEach(reply, (user) => changed(user, { active: true }))),
  },
  {
    name: "look-up-shows-another-id",
    title: "A search shows the id of the membership instead of that of the user.",
    layer: "app",
    target: ["OKTA-LOOKUP-06.readable", "OKTA-CREATE-04.same-everywhere"],
    also: [
      ...because(
        "a search is judged by the id of the user it finds",
        "OKTA-LOOKUP-01.the-user",
        "OKTA-LOOKUP-01.any-character",
        "OKTA-LOOKUP-03.percent-20",
        "OKTA-LOOKUP-03.plus",
        "OKTA-LOOKUP-04.paged",
        "OKTA-LOOKUP-04.unpaged",
        "OKTA-LOOKUP-04.reordered",
        "OKTA-LOOKUP-05.still-found",
        "OKTA-LOOKUP-07.matched",
      ),
      ...because(
        "whoever has another id is somebody else",
        "OKTA-LOOKUP-08.nobody-else",
        "OKTA-LINK-01.unchanged",
        "OKTA-PUT-05.found-by-new-name",
        "OKTA-ROBUST-01.found",
        "OKTA-ROBUST-03.apostrophe",
        "OKTA-ROBUST-04.attribute",
        "OKTA-ROBUST-04.operator",
      ),
    ],
    make: spoilingLookUps((reply) =>
      showingEach(reply, (user) => changed(user, { id: `member-${String(user.id)}` })),
    ),
  },
  {
    name: "look-up-in-other-letters-ends-in-500",
    title: "The database matches names in any letter case, and the code that looks for an exact one fails.",
    layer: "app",
    target: ["OKTA-LOOKUP-07.answered"],
    also: because("nobody is found", "OKTA-LOOKUP-07.matched"),
    make: spoilingLookUps((reply, { request }) => {
      if (listedIn(reply).some(({ userName }) => userName !== nameIn(request))) {
        throw new ScimFailure(500, "The row is not the one that was asked for.");
      }
      return reply;
    }),
  },
  {
    name: "user-names-matched-exactly",
    title: "A search by user name tells capitals from small letters.",
    layer: "app",
    source: "https://github.com/langfuse/langfuse/pull/13528",
    target: ["OKTA-LOOKUP-07.matched"],
    also: because("a create under the name that was not found is a conflict", "OKTA-LINK-04.lookup-agrees"),
    make: spoilingLookUps((reply, { request }) =>
      showingOnly(
        reply,
        listedIn(reply).filter(({ userName }) => userName === nameIn(request)),
      ),
    ),
  },
  {
    name: "filter-ignored",
    title: "The filter is ignored: every search shows everybody.",
    layer: "app",
    target: ["OKTA-LOOKUP-08.nobody-for-a-stranger", "OKTA-LOOKUP-08.nobody-else"],
    also: [
      ...because(
        "the first of everybody is not the one that was searched for",
        "OKTA-LOOKUP-01.one-match",
        "OKTA-LOOKUP-01.the-user",
        "OKTA-LOOKUP-01.any-character",
        "OKTA-LOOKUP-03.percent-20",
        "OKTA-LOOKUP-03.plus",
        "OKTA-LOOKUP-04.paged",
        "OKTA-LOOKUP-04.unpaged",
        "OKTA-LOOKUP-04.reordered",
        "OKTA-LOOKUP-05.still-found",
        "OKTA-LOOKUP-06.readable",
        "OKTA-LOOKUP-07.matched",
      ),
      ...because(
        "everybody is there where nobody should be",
        "OKTA-LOOKUP-02.nobody",
        "OKTA-LOOKUP-02.empty-list",
      ),
      ...because("a filter that is ignored is not refused", "OKTA-LOOKUP-09.refused"),
    ],
    make: ({ operations }) => ({
      replace: {
        findMatches: (context, types, { filter, ...query }) =>
          operations.findMatches(
            context,
            types,
            types.includes(userType) ? query : { ...query, ...(filter === undefined ? {} : { filter }) },
          ),
      },
    }),
  },
  {
    name: "miss-falls-back-to-everybody",
    title: "A search that finds nobody shows everybody instead.",
    layer: "app",
    target: ["OKTA-LOOKUP-08.nobody-for-a-stranger"],
    also: because(
      "everybody is there where nobody should be",
      "OKTA-LOOKUP-01.any-character",
      "OKTA-LOOKUP-02.nobody",
      "OKTA-LOOKUP-02.empty-list",
    ),
    make: spoiling(listUsers, ({ context, request }, proceed) => {
      const reply = proceed();
      if (nameIn(request) === undefined || !isMiss(reply) || context.store.count(userType) === 0)
        return reply;
      const query = new Map([...request.query].filter(([name]) => name !== "filter"));
      return proceed({ ...request, query });
    }),
  },
  {
    name: "malformed-filter-ignored",
    title: "A filter that cannot be parsed is ignored.",
    layer: "app",
    target: ["OKTA-LOOKUP-09.refused"],
    also: [],
    make: spoiling(listUsers, ({ request }, proceed) => {
      try {
        return proceed();
      } catch (failure) {
        if (!(failure instanceof ScimFailure) || failure.scimType !== "invalidFilter") throw failure;
        const query = new Map([...request.query].filter(([name]) => name !== "filter"));
        return proceed({ ...request, query });
      }
    }),
  },
];
