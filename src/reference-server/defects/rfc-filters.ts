import { resolveAttribute } from "../attribute-path.ts";
import type { Filter } from "../filter-syntax.ts";
import { groupType, userType } from "../schemas.ts";
import type { Variation } from "../variation.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import {
  asking,
  EVERYTHING,
  filterIn,
  miscomparing,
  misreading,
  NOTHING,
  refusingFilters,
  refusingWithoutWord,
  rewritingFilters,
} from "./misread.ts";
import { itemsIn, listedIn, showing } from "./sent.ts";
import { listUsers, spoiling } from "./spoil.ts";

const OPERATOR = /^\S+ (\w+) /;
const KNOWN = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"];

const operatorIn = (text: string): string => OPERATOR.exec(text)?.[1] ?? "";
const hasUnknownOperator = (text: string) =>
  operatorIn(text) !== "" && !KNOWN.includes(operatorIn(text).toLowerCase());

const isAboutExternalId = (filter: Filter) =>
  filter.kind === "compare" && filter.name.toLowerCase() === "externalid";

const placesOf = (name: string) =>
  [userType, groupType].flatMap((type) => resolveAttribute(type, name) ?? []);

/** Replaces what stands percent-encoded in a query before it is taken apart. */
const rewritingQueries = (rewrite: (text: string) => string): Variation["make"] => {
  return ({ operations }) => ({
    replace: { parseQuery: (text) => operations.parseQuery(rewrite(text)) },
  });
};

/** What servers do wrong with filters that every server has to understand or to refuse. */
export const rfcFilters: readonly Defect[] = [
  {
    name: "user-names-in-capitals-not-found",
    title: "A look-up by user name compares the bytes of the name.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-01.user-name"],
    also: [
      ...because("other spellings of a name are not found when Okta asks, either", "OKTA-LOOKUP-07.matched"),
      ...because("a create under the name that was not found is a conflict", "OKTA-LINK-04.lookup-agrees"),
    ],
    make: spoiling(listUsers, ({ request }, proceed) => {
      const name = /^userName eq "(.*)"$/i.exec(filterIn(request))?.[1];
      const reply = proceed();
      if (name === undefined || name !== name.toUpperCase()) return reply;
      const found = listedIn(reply).filter(({ userName }) => userName === name);
      return showing(reply, { totalResults: found.length, itemsPerPage: found.length, Resources: found });
    }),
  },
  {
    name: "attribute-in-capitals-refused",
    title: "A filter has to spell userName with its capital letter.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-01.attribute"],
    also: because("Okta may spell it so as well", "OKTA-ROBUST-04.attribute"),
    make: refusingFilters((text) => /^username /i.test(text) && !text.startsWith("userName ")),
  },
  {
    name: "operator-in-capitals-refused",
    title: "A filter has to spell its operator in small letters.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-01.operator"],
    also: because("Okta may spell it so as well", "OKTA-ROBUST-04.operator"),
    make: refusingFilters((text) => /[A-Z]/.test(operatorIn(text))),
  },
  {
    name: "query-decoded-twice",
    title: "The query is decoded twice, which makes a space of an encoded plus sign.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-02.plus", "RFC7643-4.1.1-03.found"],
    also: [
      ...because("the name has a plus sign", "OKTA-LOOKUP-01.any-character", "OKTA-ROBUST-01.found"),
      ...because(
        "the name of this group has a plus sign beside its ampersand",
        "OKTA-GROUP-PUSH-02.ampersand",
        "RFC7644-3.4.2.2-02.ampersand",
      ),
    ],
    make: rewritingQueries((text) => text.replaceAll(/%2B/gi, "+")),
  },
  {
    name: "query-decoded-before-split",
    title: "The query is decoded before it is split, so that an ampersand in a value ends the filter.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-02.ampersand"],
    also: because(
      "the name has an ampersand",
      "OKTA-LOOKUP-01.any-character",
      "OKTA-GROUP-PUSH-02.ampersand",
    ),
    make: rewritingQueries((text) => text.replaceAll("%26", "&")),
  },
  {
    name: "escaped-quotes-dropped",
    title: "Quotation marks that are escaped in a filter are taken out of its value.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-02.quotes"],
    also: because(
      "the group that Okta looks for has quotation marks in its name",
      "OKTA-GROUP-PUSH-02.quotes",
      "OKTA-ROBUST-03.quotes",
    ),
    make: rewritingFilters((text) => text.replaceAll('\\"', "")),
  },
  {
    name: "backslashes-taken-literally",
    title: "Two backslashes in the value of a filter are taken for two.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-02.backslash"],
    also: because(
      "the group that Okta looks for has a backslash in its name",
      "OKTA-GROUP-PUSH-02.backslash",
      "OKTA-ROBUST-03.backslash",
    ),
    make: rewritingFilters((text) => text.replaceAll("\\\\", "\\\\\\\\")),
  },
  {
    name: "external-id-searched-in-wrong-column",
    title: "A filter by externalId looks where nobody has a value.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-03.found"],
    also: [],
    make: miscomparing(isAboutExternalId, NOTHING),
  },
  {
    name: "external-id-folded",
    title: "A filter by externalId does not tell capitals from small letters.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-03.case-exact"],
    also: [],
    make: ({ operations }) => ({
      replace: {
        matching: (context, type, filter) => {
          if (filter.kind !== "compare" || !isAboutExternalId(filter))
            return operations.matching(context, type, filter);
          const wanted = String(filter.value).toLowerCase();
          return operations
            .matching(context, type, { kind: "present", name: "externalId" })
            .filter(({ attributes }) => String(attributes.externalId).toLowerCase() === wanted);
        },
      },
    }),
  },
  {
    name: "booleans-ordered",
    title: "A filter may ask whether a boolean is greater; true is.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-04.refused"],
    also: [],
    make: misreading((part) =>
      part.kind === "compare" && typeof part.value === "boolean" && part.operator === "gt"
        ? { ...part, operator: "eq", value: true }
        : part,
    ),
  },
  {
    name: "ordered-boolean-refused-without-word",
    title: "A filter that orders booleans is refused without a scimType.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-04.word"],
    also: [],
    make: refusingWithoutWord((text) => /^active gt /i.test(text)),
  },
  {
    name: "missing-bracket-supplied",
    title: "A bracket that a filter does not close is closed at its end.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-05.malformed"],
    also: [],
    make: rewritingFilters((text) => (text.startsWith("(") && !text.includes(")") ? `${text})` : text)),
  },
  {
    name: "unknown-operator-taken-for-eq",
    title: "An operator that nobody defined is taken for eq.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-05.operator"],
    also: [],
    make: rewritingFilters((text) =>
      hasUnknownOperator(text) ? text.replace(` ${operatorIn(text)} `, " eq ") : text,
    ),
  },
  {
    name: "unknown-operator-refused-without-word",
    title: "A filter with an operator that nobody defined is refused without a scimType.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-05.word"],
    also: [],
    make: refusingWithoutWord(hasUnknownOperator),
  },
  {
    name: "unknown-attribute-left-out",
    title: "A condition on an attribute that no schema has is left out.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-06.unknown-attribute"],
    also: [],
    make: miscomparing(({ name }) => placesOf(name).length === 0, EVERYTHING),
  },
  {
    name: "complex-attribute-left-out",
    title: "A condition that compares a complex attribute is left out.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-06.complex"],
    also: [],
    make: miscomparing(
      ({ name }) =>
        placesOf(name).some(
          ({ attribute, subAttribute }) =>
            attribute.subAttributes !== undefined && !attribute.multiValued && subAttribute === undefined,
        ),
      EVERYTHING,
    ),
  },
  {
    name: "empty-counts-as-present",
    title: "pr asks whether there is a column, and holds for everybody.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-07.present"],
    also: because(
      "what holds for everybody holds for nobody when it is negated",
      "RFC7644-3.4.2.2-07.negated",
    ),
    make: misreading((part) => (part.kind === "present" ? EVERYTHING : part)),
  },
  {
    name: "negated-null-is-null",
    title: "not (… pr) becomes a condition of the database that is never true for a column without a value.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-07.negated"],
    also: [],
    make: misreading((part) => (part.kind === "not" && part.filter.kind === "present" ? NOTHING : part)),
  },
  {
    name: "filtered-total-is-page-size",
    title: "totalResults of a filtered list is the number of those on the page.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-08.total"],
    also: [],
    make: spoiling(listUsers, ({ request }, proceed) => {
      const reply = proceed();
      return filterIn(request) === ""
        ? reply
        : showing(reply, { totalResults: itemsIn(reply.body?.Resources).length });
    }),
  },
  {
    name: "filtered-list-not-paged",
    title: "A filtered list shows every match, whatever count says.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-08.page"],
    also: [],
    make: spoiling(listUsers, ({ request }, proceed) =>
      filterIn(request) === "" ? proceed() : proceed(asking(request, { count: undefined })),
    ),
  },
];
