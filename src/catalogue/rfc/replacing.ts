import type { Behaviour } from "../../model/behaviour.ts";
import { define, must, should } from "../define.ts";
import { cite } from "../documents.ts";

/** PUT of users and groups. */
export const replacing: readonly Behaviour[] = [
  define("RFC7644-3.5.1-01", {
    statement: "What the answer to a replace shows is what was stored.",
    flow: "changing",
    claims: { stored: must("A read after the replace shows what the answer to the replace showed.") },
    cites: [cite("RFC7644", "3.5.1")],
    request: "PUT /Users/{id} with new names, addresses and an attribute the server may not keep, then GET",
    goodAnswer: "200; the read shows the same, meta apart.",
    consequence:
      "The client believes what it was told, and never notices the loss. Okta takes the answer for the profile.",
    remedy: "Answer with what was read back from the store, not with the request.",
  }),
  define("RFC7644-3.5.1-02", {
    statement: "Read-only values in a replace are ignored.",
    flow: "changing",
    claims: {
      accepted: must("A replace with other values of meta and groups is accepted."),
      "meta-kept": must("meta.created is as it was."),
      "id-kept": must(
        "An id in the body other than the address's changes neither this id nor the other's resource.",
      ),
    },
    cites: [cite("RFC7644", "3.5.1"), cite("RFC7643", "3.1")],
    request: "PUT /Users/{id} with another id, an old meta.created and an invented group",
    goodAnswer: "200; id, meta.created and memberships as before.",
    consequence:
      "Whoever writes back what was read a while ago is refused. Okta does that with every change.",
    remedy: "Drop readOnly attributes from the body before anything is compared.",
  }),
  define("RFC7644-3.5.1-03", {
    statement: "null and an empty array clear an attribute.",
    flow: "changing",
    claims: {
      null: should("After a replace with null for an attribute the read shows none."),
      "empty-array": should("After a replace with [] for a multi-valued attribute the read shows none."),
    },
    cites: [cite("RFC7644", "3.5.1"), cite("RFC7643", "2.5")],
    request: 'PUT /Users/{id} with "title": null and "phoneNumbers": []',
    goodAnswer: "200; neither is shown afterwards.",
    consequence: "Old values stay for good. Okta sends an empty text for what was cleared.",
    remedy: "Treat null and [] as the wish to have no value.",
  }),
  define("RFC7644-3.5.1-04", {
    statement: "A replace without a required attribute does not take it away.",
    flow: "changing",
    claims: {
      "user-kept": must("A user who was replaced without userName has the userName it had."),
      "group-kept": must("A group that was replaced without displayName has the displayName it had."),
      user: should("A replace of a user without userName is refused with 400."),
      group: should("A replace of a group without displayName is refused with 400."),
    },
    cites: [
      cite("RFC7644", "3.5.1"),
      cite("RFC7643", "4.1.1"),
      cite("RFC7643", "4.2"),
      cite("RFC7644", "3.12"),
    ],
    request: "PUT /Users/{id} without userName, PUT /Groups/{id} without displayName",
    goodAnswer: '400 with `"scimType": "invalidValue"`, or success and the old name.',
    consequence: "A resource without a name can neither be found nor linked. Okta always sends both.",
    remedy: "Check required attributes in the body of PUT as in that of POST.",
  }),
  define("RFC7644-3.5.1-05", {
    statement: "The same replace twice gives the same result.",
    flow: "changing",
    claims: {
      answer: must("The second replace is accepted like the first."),
      state: must(
        "What a read shows, attributes that were left out included, is the same after both; meta apart.",
      ),
    },
    cites: [cite("RFC7644", "3.5.1"), cite("RFC9110", "9.2.2")],
    request: "PUT /Users/{id} without an attribute it had, twice",
    goodAnswer:
      "200 both times, and the same user. Left out attributes are cleared, kept or defaulted alike.",
    consequence: "A client that repeats a request after a lost answer damages the profile.",
    remedy: "Derive the new state from the body alone, or from the body and the old state by a fixed rule.",
  }),
  define("RFC7644-3.5.1-06", {
    statement: "A replace makes no new resource.",
    flow: "changing",
    claims: { "not-found": must("A replace of an id that nobody has is answered with 404.") },
    cites: [cite("RFC7644", "3.5.1"), cite("RFC7644", "3.12")],
    request: "PUT /Users/{unknown id}",
    goodAnswer: "404 with a SCIM error.",
    consequence: "A client cannot tell that a resource is gone. Okta marks the account as missing on a 404.",
    remedy: "Look the id up before the body is used.",
  }),
  define("RFC7644-3.5.1-07", {
    statement: "A replace cannot take somebody else's userName.",
    flow: "changing",
    claims: {
      conflict: must("A replace with a userName that another user has is refused with 409."),
      word: should("The scimType of that refusal is uniqueness."),
    },
    cites: [cite("RFC7644", "3.3"), cite("RFC7644", "3.12"), cite("RFC7643", "4.1.1")],
    request: "PUT /Users/{id} with the userName of another user",
    goodAnswer: '409 with `"scimType": "uniqueness"`.',
    consequence: "Two people share one name, and the next look-up takes one for the other.",
    remedy: "Put a unique index on the folded userName, and check it on every write.",
  }),
  define("RFC7644-3.5.1-08", {
    statement: "meta tells that a resource was changed.",
    flow: "changing",
    claims: {
      "last-modified": must("meta.lastModified is later after a change than before."),
      version: must("meta.version, where the server has it, is another after a change."),
    },
    cites: [cite("RFC7643", "3.1")],
    request: "GET, PUT with another displayName a second later, GET",
    goodAnswer: "Both differ after the change.",
    consequence: "Clients that ask for what has changed never learn of it. Okta reads neither.",
    remedy: "Set lastModified and version in the same transaction as the change.",
  }),
  define("RFC7644-3.5.1-09", {
    statement: "Replaces that arrive together leave one of the states that were sent.",
    flow: "changing",
    claims: { whole: must("After replaces at the same time a read shows one of them, whole.") },
    cites: [cite("RFC7644", "3.5.1")],
    request: "Three PUT /Users/{id} at once, each with other names and another address",
    goodAnswer: "One of the three, not a mixture.",
    consequence: "A profile is made of two people's data, or of two versions of one.",
    remedy: "Write the whole resource in one transaction.",
  }),
];
