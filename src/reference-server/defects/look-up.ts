import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { ScimFailure } from "../errors.ts";
import { userType } from "../schemas.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { isMiss, nameIn, showingEach, showingOnly, spoilingLookUps } from "./searches.ts";
import { changed, listedIn, showing } from "./sent.ts";
import { listUsers, spoiling } from "./spoil.ts";

/** What servers find when Okta searches by user name. */
export const lookUp: readonly Defect[] = [
  {
    name: "look-up-shows-initials",
    title:
      "A look-up shows the initial of the given name in place of the name, as the member list on screen does.",
    layer: "app",
    target: ["OKTA-LOOKUP-01.profile"],
    also: [],
    make: spoiling(listUsers, ({ request }, proceed) => {
      const reply = proceed();
      if (!request.query.has("filter")) return reply;
      const users = listedIn(reply).map((user) => {
        const name = isJsonObject(user.name ?? null) ? (user.name as JsonObject) : {};
        const initial = String(name.givenName ?? "").slice(0, 1);
        return initial === "" ? user : changed(user, { name: { ...name, givenName: initial } });
      });
      return showing(reply, { Resources: users });
    }),
  },
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
        "RFC7644-3.3-03.one-user",
        "RFC7643-4.1.1-03.found",
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
        "RFC7644-3.3-03.one-user",
        "RFC7643-4.1.1-03.found",
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
    name: "look-up-shows-another-id",
    title: "A search shows the id of the membership instead of that of the user.",
    layer: "app",
    target: ["OKTA-LOOKUP-06.readable", "OKTA-CREATE-04.same-everywhere"],
    also: [
      ...because(
        "a search is judged by the id of the user it finds",
        "OKTA-LOOKUP-01.the-user",
        "OKTA-LOOKUP-01.another-address",
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
      ...because(
        "what is found is known by its id",
        "RFC7644-3.4.2.2-01.user-name",
        "RFC7644-3.4.2.2-01.attribute",
        "RFC7644-3.4.2.2-01.operator",
        "RFC7644-3.4.2.2-02.plus",
      ),
    ],
    make: spoilingLookUps((reply) =>
      showingEach(reply, (user) => changed(user, { id: `member-${String(user.id)}` })),
    ),
  },
  {
    name: "look-up-by-address",
    title: "A search by user name looks through the e-mail addresses.",
    layer: "app",
    target: ["OKTA-LOOKUP-01.another-address"],
    also: because("these user names are no addresses either", "OKTA-LOOKUP-01.any-character"),
    make: ({ operations }) => ({
      replace: {
        parseQuery: (text) =>
          operations.parseQuery(text.replace(/(filter=)userName(%20|\+)(eq)/i, "$1emails.value$2$3")),
      },
    }),
  },
  {
    name: "look-up-in-other-letters-ends-in-500",
    title: "The database matches names in any letter case, and the code that looks for an exact one fails.",
    layer: "app",
    target: ["OKTA-LOOKUP-07.answered"],
    also: [
      ...because("nobody is found", "OKTA-LOOKUP-07.matched"),
      ...because("the RFC matches user names in any letter case", "RFC7644-3.4.2.2-01.user-name"),
    ],
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
    also: [
      ...because("a create under the name that was not found is a conflict", "OKTA-LINK-04.lookup-agrees"),
      ...because("the RFC matches user names in any letter case", "RFC7644-3.4.2.2-01.user-name"),
    ],
    make: spoilingLookUps((reply, { request }) =>
      showingOnly(
        reply,
        listedIn(reply).filter(({ userName }) => userName === nameIn(request)),
      ),
    ),
  },
];
