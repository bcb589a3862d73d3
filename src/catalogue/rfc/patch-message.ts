import type { Behaviour } from "../../model/behaviour.ts";
import { define, may, must, should } from "../define.ts";
import { cite } from "../documents.ts";

/** PATCH as a whole: its message, its answer, and that it is applied whole or not at all. */
export const patchMessage: readonly Behaviour[] = [
  define("RFC7644-3.5.2-01", {
    statement: "A PATCH that asks for attributes is answered with them.",
    flow: "changing",
    claims: { shown: must("A PATCH with the parameter attributes answers 200, not 204.") },
    cites: [cite("RFC7644", "3.5.2"), cite("RFC7644", "3.9")],
    request: "PATCH /Users/{id}?attributes=userName",
    goodAnswer: "200 with the attribute that was asked for.",
    consequence:
      "The client is left without the answer it asked for. Okta takes 200 and 204, and asks for no attributes.",
    remedy: "Answer 204 only where no attributes were asked for.",
  }),
  define("RFC7644-3.5.2-02", {
    statement: "A PATCH is applied whole or not at all.",
    flow: "changing",
    claims: {
      refused: must("A PATCH of a good and a bad operation is refused."),
      unchanged: must("After it the user is as before."),
      "members-unchanged": must("The same holds for the members of a group."),
      "sent-again": must(
        "The same change without the bad operation, sent afterwards, gives exactly what it says.",
      ),
    },
    cites: [cite("RFC7644", "3.5.2")],
    request: "PATCH with a replace of a name, then an operation that does not exist",
    goodAnswer: "400; nothing has changed.",
    consequence:
      "After an error nobody knows which half was done, and the batch cannot be repeated. This matters to Okta's group push.",
    remedy: "Apply all operations to a copy, and store it when the last has succeeded.",
  }),
  define("RFC7644-3.5.2-03", {
    statement: "Operations are applied in the order in which they stand.",
    flow: "changing",
    claims: {
      "last-wins": must("Of two replaces of one attribute in a PATCH the later one holds."),
      "seen-by-later": must("A value that was added can be changed by a later operation of the same PATCH."),
    },
    cites: [cite("RFC7644", "3.5.2")],
    request: "PATCH with two replaces of a name; PATCH with an add and a replace of what was added",
    goodAnswer: "The state after the last operation.",
    consequence:
      "The same request has another result on another server. Okta sends removes first, then adds.",
    remedy: "Apply each operation to the result of the one before.",
  }),
  define("RFC7644-3.5.2-04", {
    statement: "A value made primary takes the mark from the others.",
    flow: "changing",
    claims: { moved: must("After one address is made primary, no other is.") },
    cites: [cite("RFC7644", "3.5.2"), cite("RFC7643", "2.4")],
    request: 'PATCH with replace of emails[type eq "home"].primary: true',
    goodAnswer: "The other address is no longer primary.",
    consequence: "Two addresses claim to be the one that counts; Okta takes the primary one for the user's.",
    remedy: "When a value becomes primary, set the others' primary to false.",
  }),
  define("RFC7644-3.5.2-05", {
    statement: "A PATCH that says nothing to do is refused.",
    flow: "changing",
    claims: {
      operations: must("A PATCH without Operations is refused with 400."),
      op: must("A PATCH whose operation has no op is refused with 400."),
      urn: may(
        "A PATCH without the PatchOp URN is refused. Many servers are lenient here, and no clause forbids it.",
      ),
    },
    cites: [cite("RFC7644", "3.5.2"), cite("RFC7644", "3.12")],
    request: "PATCH /Users/{id} with schemas alone; with an operation of path and value alone",
    goodAnswer: '400 with `"scimType": "invalidSyntax"`.',
    consequence: "A success is reported of what nobody did. Okta always sends both.",
    remedy: "Check the message before the first operation is applied.",
  }),
  define("RFC7644-3.5.2-06", {
    statement: "Operations and paths that cannot be understood are refused.",
    flow: "changing",
    claims: {
      op: must("An operation that the RFC does not have is refused with 400."),
      path: must("A path that cannot be parsed is refused with 400."),
      word: should("The scimType of a path that cannot be parsed is invalidPath."),
    },
    cites: [cite("RFC7644", "3.5.2"), cite("RFC7644", "3.12")],
    request: 'PATCH with "op": "increase"; PATCH with the path emails[type eq',
    goodAnswer: '400, for the path with `"scimType": "invalidPath"`.',
    consequence: "The client takes for done what was left out. Okta sends neither.",
    remedy: "Refuse what you cannot parse.",
  }),
  define("RFC7644-3.5.2-07", {
    statement: "A path to an attribute that no schema has is not dropped in silence.",
    flow: "changing",
    claims: { "not-dropped": should("Such a PATCH is refused, or the value is shown afterwards.") },
    cites: [cite("RFC7644", "3.5.2"), cite("RFC7644", "3.12")],
    request: 'PATCH with {"op": "replace", "path": "shoeSize", "value": "43"}',
    goodAnswer: '400 with `"scimType": "invalidPath"` or noTarget.',
    consequence:
      "A mapping with a slip of the pen looks as if it worked. Okta sends no paths of its own making.",
    remedy: "Resolve each path by the schemas of the resource type.",
  }),
  define("RFC7644-3.5.2-08", {
    statement: "What is read-only cannot be changed by a PATCH with a path.",
    flow: "changing",
    claims: {
      refused: should("A replace of id, or an add to a user's groups, is refused."),
      word: should("The scimType of that refusal is mutability."),
      unchanged: must("The user keeps the id and the groups, whatever was answered."),
    },
    cites: [cite("RFC7644", "3.5.2"), cite("RFC7643", "7")],
    request: 'PATCH with {"op": "replace", "path": "id", "value": "…"}; with an add to groups',
    goodAnswer: '400 with `"scimType": "mutability"`.',
    consequence:
      "The client takes for changed what is not. Okta repeats the id in a value without a path, which is another matter.",
    remedy: "Check the mutability of the attribute that the path leads to.",
  }),
  define("RFC7644-3.5.2-09", {
    statement: "There is nothing to change in a resource that does not exist.",
    flow: "changing",
    claims: {
      user: must("A PATCH of a user that nobody has is answered with 404."),
      group: must("A PATCH of a group that nobody has is answered with 404."),
      "group-put": must("A replace of a group that nobody has is answered with 404."),
    },
    cites: [cite("RFC7644", "3.5.2"), cite("RFC7644", "3.5.1"), cite("RFC7644", "3.12")],
    request: "PATCH /Users/{unknown id}, PATCH and PUT /Groups/{unknown id}",
    goodAnswer: "404 with a SCIM error.",
    consequence:
      "A client cannot tell that the resource is gone. Okta marks the account or the mapping on a 404.",
    remedy: "Look the id up before the body is used.",
  }),
  define("RFC7644-3.5.2-10", {
    statement: "The answer to a PATCH shows the state after it.",
    flow: "changing",
    claims: {
      fresh: must("A 200 shows the new value; a 204 shows nothing."),
      stored: must("So does the next read."),
    },
    cites: [cite("RFC7644", "3.5.2")],
    request: "PATCH with a replace of nickName",
    goodAnswer: "200 with the new nickName, or 204.",
    consequence: "The client stores the old value again with its next write.",
    remedy: "Build the answer after the change was stored, and not from a cache.",
  }),
  define("RFC7644-3.5.2-11", {
    statement: "userName can be changed by PATCH, unless it is taken.",
    flow: "changing",
    claims: {
      changed: must("After a replace of userName the read shows the new one."),
      conflict: must("A replace with a userName that another user has is refused with 409."),
      word: should("The scimType of that refusal is uniqueness."),
    },
    cites: [cite("RFC7644", "3.5.2"), cite("RFC7644", "3.12"), cite("RFC7643", "4.1.1")],
    request: 'PATCH with {"op": "replace", "path": "userName", "value": "…"}',
    goodAnswer: "200 or 204; 409 for a name that is taken.",
    consequence: "Whoever marries keeps the old name, or gets somebody else's. Okta changes names by PUT.",
    remedy: "Check uniqueness on PATCH as on POST.",
  }),
  define("RFC7644-3.5.2-12", {
    statement: "externalId can be changed by PATCH.",
    flow: "changing",
    claims: { changed: must("After a replace of externalId the read shows the new one.") },
    cites: [cite("RFC7644", "3.5.2"), cite("RFC7643", "3.1")],
    request: 'PATCH with {"op": "replace", "path": "externalId", "value": "…"}',
    goodAnswer: "200 or 204, and the new value afterwards.",
    consequence: "A client cannot mend its correlation. Okta changes nothing by this way.",
    remedy: "externalId is readWrite: store it like any other attribute.",
  }),
  define("RFC7644-3.5.2-13", {
    statement: "Attributes in a path may be spelled in any letter case, and with their schema's URN.",
    flow: "changing",
    claims: {
      "letter-case": must("A path in other letters leads to the same attribute."),
      "core-urn": must("A path with the core schema's URN leads to the same attribute."),
      "extension-urn": must(
        "A path with an extension's URN, dots and all, leads to the extension's attribute.",
      ),
    },
    cites: [cite("RFC7644", "3.10"), cite("RFC7643", "2.1")],
    request: 'PATCH with the path "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"',
    goodAnswer: "200 or 204, and the attribute has the new value.",
    consequence: "Extension attributes cannot be changed at all. Okta sends PATCH without paths for users.",
    remedy: "Cut the URN at its last colon, and compare names without letter case.",
  }),
  define("RFC7644-3.5.2-14", {
    statement: "Changes of one group that arrive together lose nothing.",
    flow: "changing",
    claims: {
      "nothing-lost": must("Every member whose add was acknowledged is there afterwards."),
      "in-order": must(
        "Removes and adds in several requests, one after the other, give exactly the set they lead to.",
      ),
    },
    cites: [cite("RFC7644", "3.5.2"), cite("RFC7644", "3.5.2.1")],
    request: "Three PATCH /Groups/{id} at once, each with another member",
    goodAnswer: "200 or 204 each, and all three are members.",
    consequence: "People who were acknowledged lack access. Okta's batches for a group may overlap.",
    remedy: "Change members row by row, or lock the group; do not read, change and write back the list.",
  }),
  define("RFC7644-3.5.2-15", {
    statement: "Names that mean something to the server's language or file system are no paths.",
    flow: "robustness",
    claims: {
      prototype: must("A PATCH of __proto__ is refused with a client error."),
      traversal: must("So is one whose path leads out of the resource."),
      harmless: must("The user is as before."),
    },
    cites: [cite("RFC7644", "3.5.2"), cite("RFC7644", "7")],
    request: 'PATCH with the paths "__proto__.active" and "../../Groups"',
    goodAnswer: '400 with `"scimType": "invalidPath"`.',
    consequence: "One request changes every object of the process, or reads what nobody granted.",
    remedy: "Accept only names that the grammar and the schema have.",
  }),
];
