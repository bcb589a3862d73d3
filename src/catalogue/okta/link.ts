import type { Behaviour } from "../../model/behaviour.ts";
import { define, field, must, should } from "../define.ts";
import { cite, github, githubPull } from "../documents.ts";

/** Duplicates, and accounts that existed before Okta came (okta-behaviors.md 3.5). */
export const link: readonly Behaviour[] = [
  define("OKTA-LINK-01", {
    statement: "A second create with a userName that is taken is a conflict.",
    flow: "link",
    claims: {
      conflict: must("The second create with the same userName answers 409."),
      unchanged: must(
        "After the conflict there is still one user of that name, with the id and names it had.",
      ),
      "scim-error": must("The 409 carries a SCIM error: the Error URN, a detail and the status."),
      "uniqueness-type": should("The error of the 409 has scimType uniqueness."),
    },
    cites: [cite("T-SPEC20", "step 8"), cite("D20", "Create users"), cite("RFC7644", "3.3")],
    request: "POST /Users, and the same POST again ten seconds later",
    goodAnswer: "409 with a SCIM error whose detail names the attribute; the first user stays as it was.",
    consequence:
      "Step 8 of Okta's published test fails. A second account splits the person's data, and an error without a SCIM body hides the reason from the administrator.",
    remedy:
      "Put a unique index on the folded userName and turn its violation into 409 with scimType uniqueness; do not upsert on POST.",
  }),
  define("OKTA-LINK-02", {
    statement: "Two creates that race each other leave one user and one conflict.",
    flow: "link",
    claims: {
      "one-created": field("Of creates with the same userName sent at once, exactly one answers 201."),
      "others-conflict": field("The other creates of the race answer 409 with a SCIM error in JSON."),
      "one-user": field("After the race a look-up finds exactly one user of that name."),
    },
    cites: [githubPull("tuist/tuist", 11688)],
    request: "Several POST /Users with the same userName at the same time",
    goodAnswer: "One 201; all others 409 with a SCIM error.",
    consequence:
      "A violated database constraint that surfaces as 500 or plain text reaches the administrator as invalid JSON or a server error.",
    remedy:
      "Let the database's unique index decide, not a read before the write, and map its violation to the 409 you already have.",
  }),
  define("OKTA-LINK-03", {
    statement: "A person who exists already is adopted by an update, not by a create.",
    flow: "link",
    claims: {
      adopted: must(
        "The replace that adopts an existing user is accepted, and the user keeps the id of the look-up.",
      ),
      "profile-taken": must("After the adoption a read shows Okta's given name, family name and email."),
      active: must(
        "After an adoption with active: true a read shows the user active, also if it was not before.",
      ),
    },
    cites: [cite("KB-EXIST"), cite("PLAN", "C9335"), cite("D11")],
    request:
      'GET /Users?filter=userName eq "…" (one match), GET /Users/{id}, PUT /Users/{id} with Okta\'s values and active: true',
    goodAnswer: "200 for each of the three; the same id; Okta's values afterwards.",
    consequence:
      "People who had an account before the integration cannot be assigned (QA case C9335), or come in twice.",
    remedy: "Let PUT overwrite the profile of any user of the tenant, not only of those that came over SCIM.",
  }),
  define("OKTA-LINK-04", {
    statement: "Look-up and uniqueness follow one rule.",
    flow: "link",
    claims: {
      "lookup-agrees": field(
        "A userName that the look-up reports as absent is never refused by the create with 409.",
      ),
      "same-email": field(
        "A second user with another userName and the same email address is created, or refused with a 409 that names the email.",
      ),
    },
    cites: [cite("KB-EXIST"), githubPull("ory/polis", 4066), github("better-auth/better-auth", 11111)],
    request: 'GET /Users?filter=userName eq "…" (no match), then POST /Users with that userName',
    goodAnswer: "Whoever the look-up does not find can be created; whoever cannot be created is found.",
    consequence:
      "The assignment stays in error for good: Okta sees nobody, posts, and gets a conflict, again and again.",
    remedy:
      "Use the same folding, the same column and the same treatment of inactive users for the filter and the unique index; if email is unique as well, say so in detail.",
  }),
];
