import { badRequest, ScimFailure } from "../errors.ts";
import type { ScimRequest } from "../message.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { showing } from "./sent.ts";
import { readUser, spoiling } from "./spoil.ts";

const MOST_DIGITS = 19;

/** What servers do wrong when one person is read by id. */
export const read: readonly Defect[] = [
  {
    name: "read-shows-another-id",
    title: "A read by id shows the key of the database instead of the id in the address.",
    layer: "app",
    target: ["OKTA-READ-01.same-id"],
    also: [
      ...because(
        "it is seen in a read by id",
        "OKTA-LOOKUP-05.still-readable",
        "OKTA-LOOKUP-06.readable",
        "OKTA-CREATE-04.same-everywhere",
      ),
      ...because(
        "the user who was written is known by the id of the read that follows",
        "OKTA-LINK-03.adopted",
        "OKTA-PUT-02.id-kept",
        "OKTA-PATCH-02.inactive",
        "OKTA-DEACT-01.inactive",
        "OKTA-REACT-01.active-again",
      ),
      ...because(
        "the read shows another id than the RFC wants kept",
        "RFC7644-3.9-02.id-kept",
        "RFC7644-3.5.1-01.stored",
      ),
    ],
    make: spoiling(readUser, ({ resource }, proceed) =>
      resource === undefined ? proceed() : showing(proceed(), { id: `row-${resource.sequence}` }),
    ),
  },
  {
    name: "read-without-active",
    title: "A read by id does not say whether the user is active.",
    layer: "app",
    target: ["OKTA-READ-01.minimum-profile"],
    also: [
      ...because(
        "a read does not say that the user is active",
        "OKTA-DEACT-03.boolean-when-active",
        "OKTA-LINK-03.active",
        "OKTA-REACT-01.active-again",
      ),
      ...because(
        "a read is where it would be seen",
        "RFC7643-7-02.writable-is-stored",
        "RFC7644-3.5.1-01.stored",
        "RFC7644-3.5.2.3-06.reactivated",
      ),
    ],
    make: spoiling(readUser, ({ resource }, proceed) =>
      resource?.attributes.active === true ? showing(proceed(), { active: undefined }) : proceed(),
    ),
  },
  {
    name: "unknown-id-answered-400",
    title: "A number that is nobody's id is answered 400, as a bad value.",
    layer: "app",
    target: ["OKTA-READ-02.not-found"],
    also: [],
    make: spoiling(readUser, ({ resource, request }, proceed) => {
      if (resource === undefined && digitsIn(request) <= MOST_DIGITS)
        throw badRequest("invalidValue", "No such id.");
      return proceed();
    }),
  },
  {
    name: "long-id-ends-in-500",
    title: "An id with more digits than the key's column holds makes the query fail.",
    layer: "app",
    source: "https://github.com/sourcegraph/sourcegraph/pull/49393",
    target: ["OKTA-READ-03.not-found"],
    also: [],
    make: spoiling(readUser, ({ request }, proceed) => {
      const digits = digitsIn(request);
      if (digits > MOST_DIGITS && digits < Number.POSITIVE_INFINITY) {
        throw new ScimFailure(500, "The number is out of range.");
      }
      return proceed();
    }),
  },
];

/** How long the id in the address is; endless when it is no number. */
function digitsIn({ segments }: ScimRequest): number {
  const [, id = ""] = segments;
  return /^\d+$/.test(id) ? id.length : Number.POSITIVE_INFINITY;
}
