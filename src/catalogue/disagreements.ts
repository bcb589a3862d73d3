/** One thing that Okta and an RFC do not ask for alike. A server can always be made to satisfy both. */
export interface Disagreement {
  readonly about: string;
  /** What Okta does or asks for, and the claims that judge it. */
  readonly okta: Side;
  /** What the RFC asks for, and the claims that judge it; none where it asks for less. */
  readonly rfc: Side;
}

export interface Side {
  readonly says: string;
  readonly claims: readonly string[];
}

const okta = (says: string, ...claims: readonly string[]): Side => ({ says, claims });
const rfc = okta;

/** Where the two differ. Each side is judged by claims of its own, so that nobody is failed for the other one's rule. */
export const disagreements: readonly Disagreement[] = [
  {
    about: "a look-up that finds nobody",
    okta: okta(
      "its live client takes 404 as well; its published test takes 200 alone",
      "OKTA-LOOKUP-02.nobody",
      "OKTA-LOOKUP-02.empty-list",
      "OKTA-GROUP-PUSH-01.finds-nothing",
    ),
    rfc: rfc("200 with totalResults 0 (RFC 7644 section 3.4.2)"),
  },
  {
    about: "Resources of an empty list",
    okta: okta("an empty array has to be there", "OKTA-CRED-02.empty-list", "OKTA-LOOKUP-02.resources-array"),
    rfc: rfc("may be left out where totalResults is 0 (RFC 7644 section 3.4.2)"),
  },
  {
    about: "status in the body of an error",
    okta: okta("a text or a number; its own samples show numbers", "OKTA-ERR-01.not-found"),
    rfc: rfc("a text (RFC 7644 section 3.12)", "RFC7644-3.12-01.status-text"),
  },
  {
    about: "the label of a body",
    okta: okta("application/scim+json or application/json", "OKTA-HTTP-04.label"),
    rfc: rfc("application/scim+json (RFC 7644 section 8.1)", "RFC7644-3.8-01.scim-label"),
  },
  {
    about: "letter case of a userName",
    okta: okta(
      "a look-up in capitals is answered 200; that it finds the user is advice",
      "OKTA-LOOKUP-07.matched",
    ),
    rfc: rfc(
      "userName is not case-exact, in filters and for uniqueness (RFC 7643 section 4.1.1)",
      "RFC7644-3.3-03.letter-case",
      "RFC7644-3.4.2.2-01.user-name",
    ),
  },
  {
    about: "which attributes a user shows",
    okta: okta(
      "userName, both names, active and an e-mail address",
      "OKTA-CREATE-01.whole-user",
      "OKTA-READ-01.minimum-profile",
      "OKTA-CRED-05.profile",
    ),
    rfc: rfc("userName alone is required (RFC 7643 section 4.1.1)"),
  },
  {
    about: "discovery documents",
    okta: okta("its cloud client reads none of them, but for entitlements", "OKTA-ENT-01.list"),
    rfc: rfc(
      "all three have to be there (RFC 7644 section 4)",
      "RFC7644-4-01.answered",
      "RFC7644-4-02.list",
      "RFC7644-4-03.list",
    ),
  },
  {
    about: "members of a group",
    okta: okta("a custom app reads them from a plain read of the group", "OKTA-GROUP-PUSH-06.members-shown"),
    rfc: rfc("a schema may have them returned on request alone (RFC 7643 section 7)", "RFC7643-4.2-03.shown"),
  },
  {
    about: "a plus sign in the query of a look-up",
    okta: okta("stands for a space in the form that its older documents show", "OKTA-LOOKUP-03.plus"),
    rfc: rfc("is a plus sign in a URI, and a space in a form (RFC 3986 and the form encoding)"),
  },
  {
    about: "PATCH",
    okta: okta("a catalogue app needs it, a custom app never uses it", "OKTA-PATCH-02.answer"),
    rfc: rfc(
      "is optional; a server without it answers 501 (RFC 7644 sections 3.5.2 and 3.12)",
      "RFC7644-3.12-04.patch",
    ),
  },
];

/** Where a behaviour's claims stand on one of the two sides. */
export function disagreementsOf(claims: readonly string[]): readonly Disagreement[] {
  const own = new Set(claims);
  return disagreements.filter((one) =>
    [...one.okta.claims, ...one.rfc.claims].some((claim) => own.has(claim)),
  );
}
