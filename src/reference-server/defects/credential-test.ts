import type { JsonObject } from "../../model/json.ts";
import { badRequest } from "../errors.ts";
import type { Reply, ScimRequest } from "../message.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, listedIn, showing } from "./sent.ts";
import { listUsers, spoiling } from "./spoil.ts";

const hasFilter = ({ query }: ScimRequest): boolean => query.has("filter");

const isEmpty = (reply: Reply): boolean => reply.body?.totalResults === 0;

/** What servers do wrong with the list that the credential test reads. */
export const credentialTest: readonly Defect[] = [
  {
    name: "list-demands-filter",
    title: "The list of users is refused with 400 unless it has a filter.",
    layer: "app",
    target: ["OKTA-CRED-01.answered"],
    also: [
      ...because(
        "the credential test reads the same list",
        "OKTA-AUTH-03.accepted",
        "OKTA-HTTP-07.below-base",
      ),
      ...because(
        "an import reads the same list",
        "OKTA-IMPORT-01.list",
        "OKTA-IMPORT-02.everyone-once",
        "OKTA-IMPORT-05.inactive-shown",
        "OKTA-IMPORT-05.active-shown",
      ),
      ...because(
        "the plain list is not given",
        "RFC7644-3.8-02.json",
        "RFC7644-3.8-02.nothing",
        "RFC7644-3.4.2.4-01.zero-empty",
        "RFC7644-3.4.2.4-01.negative-empty",
        "RFC7644-3.4.2.4-02.below-one",
        "RFC7644-3.4.2.4-02.count-alone",
      ),
    ],
    make: spoiling(listUsers, ({ request }, proceed) => {
      if (!hasFilter(request)) throw badRequest("tooMany", "Give a filter.");
      return proceed();
    }),
  },
  {
    name: "users-listed-without-schemas",
    title: "Lists of users do not say by schemas what they are.",
    layer: "app",
    target: ["OKTA-CRED-01.list"],
    also: [
      ...because(
        "a list of nobody has no schemas either",
        "OKTA-CRED-02.empty-list",
        "OKTA-LOOKUP-02.empty-list",
      ),
      ...because(
        "an import and a look-up read such a list too",
        "OKTA-IMPORT-01.list",
        "OKTA-LOOKUP-10.external-id",
      ),
      ...because(
        "it is no ListResponse on these pages either",
        "RFC7644-3.4.2.4-02.start-index-alone",
        "RFC7644-3.4.2.4-02.count-too-high",
      ),
    ],
    make: spoiling(listUsers, (_call, proceed) => showing(proceed(), { schemas: undefined })),
  },
  {
    name: "empty-list-without-resources",
    title: "The serializer leaves out empty arrays: a list of nobody has no Resources.",
    layer: "app",
    target: ["OKTA-CRED-02.empty-list"],
    also: because(
      "a look-up of a stranger finds nobody either",
      "OKTA-LOOKUP-02.resources-array",
      "OKTA-LOOKUP-10.external-id",
    ),
    make: spoiling(listUsers, (_call, proceed) => {
      const reply = proceed();
      return isEmpty(reply) ? showing(reply, { Resources: undefined }) : reply;
    }),
  },
  {
    name: "empty-list-with-null",
    title: "A list of nobody has null for its Resources.",
    layer: "app",
    target: ["OKTA-CRED-02.empty-list"],
    also: because(
      "a look-up of a stranger finds nobody either",
      "OKTA-LOOKUP-02.resources-array",
      "OKTA-LOOKUP-10.external-id",
    ),
    make: spoiling(listUsers, (_call, proceed) => {
      const reply = proceed();
      return isEmpty(reply) ? showing(reply, { Resources: null }) : reply;
    }),
  },
  {
    name: "zero-total-left-out",
    title: "The serializer leaves out zeros: a list of nobody has no totalResults.",
    layer: "app",
    target: ["OKTA-CRED-02.total-zero"],
    also: because("a look-up of a stranger finds nobody either", "OKTA-LOOKUP-02.empty-list"),
    make: spoiling(listUsers, (_call, proceed) => {
      const reply = proceed();
      return isEmpty(reply) ? showing(reply, { totalResults: undefined }) : reply;
    }),
  },
  {
    name: "start-index-as-text",
    title: "startIndex is repeated as it came in the query: as a text.",
    layer: "app",
    source: "https://support.okta.com/help/s/question/0D54z0000A4i091CQA",
    target: ["OKTA-CRED-03.integers"],
    also: [
      ...because("the pages of an import count in the same way", "OKTA-IMPORT-01.counters"),
      ...because("it is no integer on this page either", "RFC7644-3.4.2.4-02.below-one"),
    ],
    make: spoiling(listUsers, ({ request }, proceed) => {
      const startIndex = request.query.get("startindex");
      return startIndex === undefined ? proceed() : showing(proceed(), { startIndex });
    }),
  },
  {
    name: "counters-as-text",
    title: "The database gives its count as a text, and so does the list of users.",
    layer: "app",
    target: ["OKTA-CRED-03.integers"],
    also: [
      ...because(
        "a text is not the number that is asked for",
        "OKTA-CRED-02.total-zero",
        "OKTA-LOOKUP-01.one-match",
        "OKTA-LOOKUP-01.any-character",
        "OKTA-LOOKUP-02.empty-list",
        "OKTA-LOOKUP-07.matched",
      ),
      ...because("the pages of an import count in the same way", "OKTA-IMPORT-01.counters"),
    ],
    make: spoiling(listUsers, (_call, proceed) => {
      const reply = proceed();
      return showing(reply, { totalResults: String(reply.body?.totalResults) });
    }),
  },
  {
    name: "items-per-page-missing",
    title: "A page of users does not say how many are on it.",
    layer: "app",
    target: ["OKTA-CRED-03.complete"],
    also: because(
      "the pages of an import do not say it either",
      "OKTA-IMPORT-04.items-per-page",
      "OKTA-IMPORT-07.honest-page-size",
    ),
    make: spoiling(listUsers, (_call, proceed) => showing(proceed(), { itemsPerPage: undefined })),
  },
  {
    name: "small-count-ignored",
    title: "A count below ten is taken for ten.",
    layer: "app",
    target: ["OKTA-CRED-04.page-within-count"],
    also: because(
      "more than was asked for is on these pages too",
      "RFC7644-3.4.2.4-02.below-one",
      "RFC7644-3.4.2.4-02.count-alone",
      "RFC7644-3.4.2.2-08.page",
    ),
    make: spoiling(listUsers, ({ request }, proceed) => {
      const count = request.query.get("count");
      if (count === undefined || Number(count) >= 10 || Number(count) < 1) return proceed();
      return proceed({ ...request, query: new Map([...request.query, ["count", "10"]]) });
    }),
  },
  {
    name: "total-of-page",
    title: "totalResults counts the users on the page.",
    layer: "app",
    source: "https://github.com/ory/polis/pull/4054",
    target: ["OKTA-CRED-04.total-is-all"],
    also: [
      ...because("the total of an import's page is that of the page", "OKTA-IMPORT-02.whole-total"),
      ...because(
        "whoever goes by the total never asks for the next page",
        "OKTA-IMPORT-02.everyone-once",
        "OKTA-IMPORT-02.exact-multiple",
      ),
      ...because(
        "the total of these lists is that of the page",
        "RFC7644-3.4.2.4-01.zero-total",
        "RFC7644-3.4.2.2-08.total",
      ),
    ],
    make: spoiling(listUsers, (_call, proceed) => {
      const reply = proceed();
      return showing(reply, { totalResults: listedIn(reply).length });
    }),
  },
  {
    name: "items-per-page-as-asked",
    title: "itemsPerPage is the count that was asked for, however few there are.",
    layer: "app",
    target: ["OKTA-CRED-04.items-per-page"],
    also: because(
      "the pages of an import say it too",
      "OKTA-IMPORT-04.items-per-page",
      "OKTA-IMPORT-07.honest-page-size",
    ),
    make: spoiling(listUsers, ({ request }, proceed) => {
      const count = request.query.get("count");
      return count === undefined ? proceed() : showing(proceed(), { itemsPerPage: Number(count) + 1 });
    }),
  },
  {
    name: "lists-without-family-name",
    title: "Lists show a summary of each user, without the family name.",
    layer: "app",
    target: ["OKTA-CRED-05.profile"],
    also: [
      ...because("the first user listed is shown in the same way", "OKTA-CRED-05.first-listed"),
      ...because("A look-up is a list as well.", "OKTA-LOOKUP-01.profile"),
    ],
    make: spoiling(listUsers, (_call, proceed) => {
      const reply = proceed();
      const withoutFamilyName = (user: JsonObject) => {
        if (user.name === undefined) return user;
        return changed(user, { name: changed(user.name as JsonObject, { familyName: undefined }) });
      };
      return showing(reply, { Resources: listedIn(reply).map(withoutFamilyName) });
    }),
  },
];
