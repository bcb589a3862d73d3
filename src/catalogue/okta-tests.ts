/** One thing that a test which Okta has published asserts, and the claims that assert it here. */
export interface PublishedAssertion {
  readonly test: string;
  /** The step or case, as the test counts it. */
  readonly step: string;
  readonly asserts: string;
  readonly claims: readonly string[];
  /** Why no claim asserts it; absent where one does. */
  readonly notJudged?: string;
}

const SPEC = "Okta SCIM 2.0 Spec Test";
const CRUD = "Okta SCIM 2.0 CRUD Test";
const ENTITLEMENTS = "Okta SCIM 2.0 Entitlements Test";
const BETA = "Okta's test of 2016";
const PLAN = "Okta SCIM Test Plan v2";
const SPEC_1_1 = "Okta SCIM 1.1 Spec Test";

const judged =
  (test: string) =>
  (step: string, asserts: string, ...claims: readonly string[]): PublishedAssertion => ({
    test,
    step,
    asserts,
    claims,
  });
const left = (test: string, step: string, asserts: string, notJudged: string): PublishedAssertion => ({
  test,
  step,
  asserts,
  claims: [],
  notJudged,
});

const spec = judged(SPEC);
const crud = judged(CRUD);
const entitlements = judged(ENTITLEMENTS);
const beta = judged(BETA);
const plan = judged(PLAN);

const VERSION_1_1 = "SCIM 1.1 is not replayed.";
const QUICK_HOST =
  "A run measures from where it stands; Okta's limit is of its own data centre, and none of its live client.";

/**
 * Every assertion of the tests that Okta has published (okta-behaviors.md section 4), so that a server that passes here
 * passes them. The tests themselves have no names for their assertions; these are ours.
 */
export const publishedAssertions: readonly PublishedAssertion[] = [
  spec("1", "status 200", "OKTA-CRED-01.answered"),
  spec("1", "Resources is not empty", "OKTA-CRED-05.first-listed"),
  spec("1", "schemas has the ListResponse URN", "OKTA-CRED-01.list"),
  spec("1", "the counters are numbers", "OKTA-CRED-03.integers", "OKTA-CRED-03.complete"),
  spec("1", "the first user has the minimum profile", "OKTA-CRED-05.first-listed", "OKTA-CRED-05.profile"),
  spec("2", "status 200, and the id asked for", "OKTA-READ-01.same-id"),
  spec("2", "the user has the minimum profile", "OKTA-READ-01.minimum-profile"),
  spec("3", "status 200", "OKTA-LOOKUP-02.empty-list"),
  spec("3", "schemas has the ListResponse URN", "OKTA-LOOKUP-02.empty-list"),
  spec("3", "totalResults is 0", "OKTA-LOOKUP-02.empty-list"),
  spec("4", "status 404", "OKTA-READ-03.not-found"),
  spec("4", "detail is not empty", "OKTA-READ-02.scim-error", "OKTA-ERR-01.not-found"),
  spec("4", "schemas has the Error URN", "OKTA-READ-02.scim-error", "OKTA-ERR-01.not-found"),
  spec("5", "status 200, with the ListResponse URN", "OKTA-LOOKUP-02.empty-list"),
  spec("5", "totalResults is 0", "OKTA-LOOKUP-02.empty-list", "OKTA-LOOKUP-08.nobody-for-a-stranger"),
  spec("6", "status 201", "OKTA-CREATE-01.created", "OKTA-HTTP-02.accepted", "OKTA-CREATE-10.optional"),
  spec("6", "active is true", "OKTA-CREATE-05.active"),
  spec("6", "id is not empty", "OKTA-CREATE-03.body-with-id", "OKTA-CREATE-04.text"),
  spec("6", "the given and family names are those sent", "OKTA-CREATE-05.names-unchanged"),
  spec("6", "userName is the one sent, letter for letter", "OKTA-CREATE-05.user-name-unchanged"),
  spec("6", "schemas contains the core User URN", "OKTA-CREATE-05.core-schema"),
  spec("7", "status 200", "OKTA-CREATE-06.readable"),
  spec("7", "userName and both names are those sent", "OKTA-CREATE-06.same-names", "OKTA-HTTP-02.parsed"),
  spec("8", "status 409", "OKTA-LINK-01.conflict"),
  spec("9", "status 200", "OKTA-LOOKUP-07.answered"),
  spec("10", "status 200 for the groups (optional)", "OKTA-CRED-06.groups"),
  spec("10", "within 600 ms (optional)", "OKTA-HTTP-06.prompt-groups"),
  left(
    SPEC,
    "10",
    "totalResults and Resources are looked at by a script",
    "The script is written so that it cannot fail.",
  ),
  spec("11", "status 401", "OKTA-AUTH-01.refused"),
  spec("11", "detail is not empty", "OKTA-AUTH-01.explained", "OKTA-ERR-01.unauthorized"),
  spec("11", "status in the body is 401", "OKTA-AUTH-01.explained", "OKTA-ERR-01.unauthorized"),
  spec("11", "schemas has the Error URN", "OKTA-AUTH-01.explained", "OKTA-ERR-01.unauthorized"),
  spec("12", "status 404", "OKTA-READ-02.not-found"),
  spec("12", "detail is not empty", "OKTA-READ-02.scim-error", "OKTA-ERR-01.not-found"),
  spec("12", "status in the body is 404", "OKTA-READ-02.scim-error", "OKTA-ERR-01.not-found"),
  spec("12", "schemas has the Error URN", "OKTA-READ-02.scim-error", "OKTA-ERR-01.not-found"),

  crud("4", "status 200", "OKTA-LOOKUP-01.one-match", "OKTA-LOOKUP-04.unpaged"),
  crud("4", "the first result has the userName", "OKTA-LOOKUP-01.the-user"),
  crud("4", "the first result has the address and both names", "OKTA-LOOKUP-01.profile"),
  crud("6", "status 200, with the new given name", "OKTA-PUT-01.stored", "OKTA-PUT-03.profile-taken"),
  crud("8", "status 200", "OKTA-LOOKUP-05.still-readable"),
  crud(
    "8",
    "active is false",
    "OKTA-DEACT-01.inactive",
    "OKTA-PATCH-02.inactive",
    "OKTA-LOOKUP-05.shown-inactive",
  ),
  crud("11", "status 200 under the same id, active is true", "OKTA-REACT-01.active-again"),
  crud("13", "status 200", "OKTA-LOOKUP-05.still-readable"),
  crud("13", "active is false", "OKTA-DEACT-01.inactive", "OKTA-PATCH-02.inactive"),

  entitlements("each endpoint", "status 200, with the ListResponse URN", "OKTA-ENT-04.list"),
  entitlements("each endpoint", "Resources is not empty", "OKTA-ENT-04.list"),
  entitlements("each endpoint", "startIndex and totalResults are numbers", "OKTA-ENT-04.counters"),
  entitlements("each endpoint", "itemsPerPage is 1", "OKTA-ENT-04.counters"),

  left(SPEC_1_1, "1 to 8", "as the steps of the 2.0 test, with the schema of 1.0", VERSION_1_1),
  left(SPEC_1_1, "9", "status 400 for a filter without an operator", VERSION_1_1),
  left(SPEC_1_1, "10", "the groups are a list that is not empty", VERSION_1_1),
  left(SPEC_1_1, "optional", "discovery documents, and 405 for a POST to them", VERSION_1_1),

  beta("users", "status 200, and the counters are numbers", "OKTA-CRED-01.answered", "OKTA-CRED-03.integers"),
  beta("users", "Resources is not empty", "OKTA-CRED-05.first-listed"),
  left(BETA, "users", "within 600 ms", QUICK_HOST),
  beta(
    "groups",
    "status 200, and the counters are numbers",
    "OKTA-CRED-06.groups",
    "OKTA-IMPORT-06.counters",
  ),
  left(
    BETA,
    "groups",
    "Resources is not empty",
    "A tenant without groups is none the worse; later tests do not ask it.",
  ),
  beta("groups", "within 600 ms", "OKTA-HTTP-06.prompt-groups"),
  beta("look-up", "a user nobody knows is not found", "OKTA-LOOKUP-02.empty-list"),
  beta("read", "status 404 with the Error URN", "OKTA-READ-02.not-found", "OKTA-READ-02.scim-error"),
  beta("create", "a create with externalId and groups", "OKTA-CREATE-01.created", "OKTA-CREATE-09.accepted"),
  beta("read back", "the user is there", "OKTA-CREATE-06.readable"),
  beta("deactivate", "status 200, and active is false", "OKTA-PATCH-02.answer", "OKTA-PATCH-02.inactive"),

  plan("C9290", "a person is created", "OKTA-CREATE-01.created"),
  plan("C9291", "a profile is updated", "OKTA-PUT-01.stored"),
  plan("C9309", "an update of one attribute", "OKTA-PUT-03.profile-taken"),
  plan("C9310", "an update of several attributes", "OKTA-PUT-03.profile-taken"),
  plan("C9292", "a person is deactivated", "OKTA-DEACT-01.inactive", "OKTA-PATCH-02.inactive"),
  plan("C9294", "an assignment is removed", "OKTA-DEACT-01.inactive", "OKTA-PATCH-02.inactive"),
  plan("C9311", "a person is deactivated in Okta", "OKTA-DEACT-01.inactive", "OKTA-PATCH-02.inactive"),
  plan("C9293", "the same account is reactivated", "OKTA-REACT-01.active-again"),
  plan("C9301", "a password is set with a create", "OKTA-CREATE-08.accepted"),
  plan("C9302", "a password is changed", "OKTA-PASSWORD-01.accepted", "OKTA-PASSWORD-02.accepted"),
  plan("C9303", "people are imported", "OKTA-IMPORT-02.everyone-once", "OKTA-IMPORT-05.inactive-shown"),
  plan("C9304", "new people are imported", "OKTA-IMPORT-02.everyone-once"),
  plan("C9305", "changed people are imported", "OKTA-IMPORT-01.identified"),
  plan("C9338", "many people are imported", "OKTA-IMPORT-02.whole-total"),
  plan("C9312 to C9333", "a group is pushed", "OKTA-GROUP-PUSH-03.created", "OKTA-GROUP-PUSH-03.exists"),
  plan(
    "C9312 to C9333",
    "a group is linked, renamed or not",
    "OKTA-GROUP-LINK-02.same-group",
    "OKTA-GROUP-LINK-02.renamed",
  ),
  plan(
    "C9312 to C9333",
    "Push Now, also of an empty group",
    "OKTA-MEMBER-05.exactly",
    "OKTA-MEMBER-06.emptied",
  ),
  plan("C9312 to C9333", "a group is unlinked and deleted", "OKTA-GROUP-DELETE-01.gone"),
  plan("C9312 to C9333", "members come and go", "OKTA-MEMBER-01.added", "OKTA-MEMBER-02.removed"),
  left(
    PLAN,
    "C9312 to C9333",
    "unlink and keep, pause, rules",
    "Okta sends the server nothing, or what other cases send.",
  ),
  plan("C9334", "all attributes are pushed", "OKTA-PUT-03.profile-taken"),
  plan("C9335", "a person is there already", "OKTA-LINK-03.adopted"),
  plan("C9337", "values are empty", "OKTA-PUT-04.empty-text", "OKTA-PUT-04.empty-on-create"),
  plan("C9340", "credentials are wrong", "OKTA-AUTH-01.refused", "OKTA-AUTH-01.not-connected"),
  left(
    PLAN,
    "C9359 to C9361",
    "profile sourcing",
    "It changes who is the source of a profile in Okta; the requests are those of an import.",
  ),
];

const byClaim = new Map<string, Map<string, readonly string[]>>();
for (const { test, step, claims } of publishedAssertions) {
  for (const claim of claims) {
    const tests = byClaim.get(claim) ?? new Map<string, readonly string[]>();
    const steps = tests.get(test) ?? [];
    byClaim.set(claim, tests.set(test, steps.includes(step) ? steps : [...steps, step]));
  }
}

/** The published tests that assert a claim, for example `Okta SCIM 2.0 Spec Test, steps 3 and 5`; undefined for none. */
export function oktaTestOf(claim: string): string | undefined {
  const tests = byClaim.get(claim);
  if (tests === undefined) return undefined;
  return [...tests].map(([test, steps]) => `${test}, ${counted(steps)}`).join("; ");
}

function counted(steps: readonly string[]): string {
  const last = steps.at(-1) ?? "";
  const listed = steps.length === 1 ? last : `${steps.slice(0, -1).join(", ")} and ${last}`;
  if (!/^\d/.test(last)) return listed;
  return `step${steps.length === 1 ? "" : "s"} ${listed}`;
}
