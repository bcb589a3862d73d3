import type { JsonObject } from "../../model/json.ts";
import { badRequest } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, doesOp, isOnMembers, itemsIn, operationsIn, sending, withOperations } from "./sent.ts";
import { patchGroup, putGroup, restore, setMembers, spoiling } from "./spoil.ts";

const isReplace = (operation: JsonObject) => isOnMembers(operation) && doesOp(operation, "replace");
const emptiesMembers = (operation: JsonObject) =>
  isReplace(operation) && itemsIn(operation.value).length === 0;

/** What servers do wrong when the whole membership is overwritten, by Push Now or by a custom app. */
export const membersReplace: readonly Defect[] = [
  {
    name: "replace-members-refused",
    title: "A replace of members is refused, which is how Push Now fails.",
    layer: "app",
    source: "https://github.com/Captain-P-Goldfish/scim-for-keycloak/issues/144",
    target: ["OKTA-MEMBER-05.answer"],
    also: [...because("The refused replace left the old members.", "OKTA-MEMBER-05.exactly")],
    make: spoiling(patchGroup, ({ body }, proceed) => {
      if (operationsIn(body).some((operation) => isReplace(operation) && !emptiesMembers(operation))) {
        throw badRequest("invalidPath", "members cannot be replaced.");
      }
      return proceed();
    }),
  },
  {
    name: "replace-members-adds",
    title: "A replace of members adds the given ones and throws nobody out.",
    layer: "app",
    target: ["OKTA-MEMBER-05.exactly"],
    also: [],
    make: spoiling(patchGroup, ({ request, body }, proceed) => {
      const operations = operationsIn(body).map((operation) =>
        isReplace(operation) && !emptiesMembers(operation) ? changed(operation, { op: "add" }) : operation,
      );
      return proceed(sending(request, withOperations(body, operations)));
    }),
  },
  {
    name: "empty-replace-refused",
    title: "A replace of members with an empty array is refused: a value is missing.",
    layer: "app",
    source: "https://github.com/Captain-P-Goldfish/SCIM-SDK/issues/757",
    target: ["OKTA-MEMBER-06.answer"],
    also: [...because("The refused replace left the old members.", "OKTA-MEMBER-06.emptied")],
    make: spoiling(patchGroup, ({ body }, proceed) => {
      if (operationsIn(body).some(emptiesMembers)) throw badRequest("invalidValue", "No value.");
      return proceed();
    }),
  },
  {
    name: "empty-replace-ignored",
    title: "A replace of members with an empty array is answered with success, and everybody stays in.",
    layer: "app",
    target: ["OKTA-MEMBER-06.emptied"],
    also: [],
    make: spoiling(patchGroup, ({ body }, proceed) =>
      operationsIn(body).some(emptiesMembers) ? { status: 204 } : proceed(),
    ),
  },
  {
    name: "put-group-answers-204",
    title: "A replace of a group is carried out and answered 204 without the group.",
    layer: "app",
    target: ["OKTA-MEMBER-09.answer"],
    also: [...because("The rename by PUT gets the same answer.", "OKTA-GROUP-RENAME-03.answer")],
    make: spoiling(putGroup, (_call, proceed) => {
      proceed();
      return { status: 204 };
    }),
  },
  {
    name: "put-group-stores-nobody",
    title: "A replace of a group answers 200, and the group is empty.",
    layer: "app",
    source: "https://github.com/simpleidserver/SimpleIdServer/issues/247",
    target: ["OKTA-MEMBER-09.membership"],
    also: [
      ...because(
        "Every membership of a custom app arrives by such a replace.",
        "OKTA-GROUP-LINK-02.members",
        "OKTA-GROUP-PUSH-06.members-shown",
        "OKTA-GROUP-RENAME-03.members-kept",
        "OKTA-LARGE-05.one-less",
        "OKTA-LARGE-05.stored",
        "OKTA-MEMBER-04.stored",
      ),
    ],
    make: spoiling(putGroup, ({ context, resource }, proceed) => {
      const reply = proceed();
      if (resource !== undefined) setMembers(context, resource, []);
      return reply;
    }),
  },
  {
    name: "put-group-adds-members",
    title: "A replace of a group adds the given members and throws nobody out.",
    layer: "app",
    target: ["OKTA-MEMBER-09.membership"],
    also: [...because("Whoever is taken out of a large group stays in it, too.", "OKTA-LARGE-05.one-less")],
    make: spoiling(putGroup, ({ context, resource }, proceed) => {
      const before = [...(resource?.members ?? [])];
      const reply = proceed();
      if (resource !== undefined) setMembers(context, resource, [...before, ...resource.members]);
      return reply;
    }),
  },
  {
    name: "put-group-slugs-name",
    title: "A replace of a group stores its name as a slug.",
    layer: "app",
    target: ["OKTA-MEMBER-09.name"],
    also: [
      ...because(
        "The new name is stored as a slug, too.",
        "OKTA-GROUP-LINK-02.renamed",
        "OKTA-GROUP-LINK-02.same-group",
        "OKTA-GROUP-RENAME-03.renamed",
      ),
      ...because("The look-up asks for the name and not for the slug.", "OKTA-LARGE-07.found-by-name"),
    ],
    make: spoiling(putGroup, (call, proceed) => {
      const reply = proceed();
      const after = call.resource?.attributes;
      if (after !== undefined) {
        const slug = String(after.displayName)
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, "_");
        restore(call, { ...after, displayName: `grp_${slug}` });
      }
      return reply;
    }),
  },
  {
    name: "put-group-demands-id",
    title: "A replace of a group without the id in its body is refused.",
    layer: "app",
    target: ["OKTA-MEMBER-09.without-id"],
    also: [...because("The refused replace left the old members.", "OKTA-MEMBER-09.membership")],
    make: spoiling(putGroup, ({ body }, proceed) => {
      if (body.id === undefined) throw badRequest("invalidValue", "id is missing.");
      return proceed();
    }),
  },
  {
    name: "put-group-refuses-id",
    title: "A replace of a group with the id in its body is refused: id is immutable.",
    layer: "app",
    source: "https://github.com/gravitational/teleport/issues/67372",
    target: ["OKTA-MEMBER-09.answer"],
    also: [
      ...because(
        "Every replace of a group carries the id, so no change of name or membership arrives.",
        "OKTA-GROUP-LINK-02.accepted",
        "OKTA-GROUP-LINK-02.members",
        "OKTA-GROUP-LINK-02.renamed",
        "OKTA-GROUP-LINK-02.same-group",
        "OKTA-GROUP-PUSH-06.members-shown",
        "OKTA-GROUP-RENAME-03.answer",
        "OKTA-GROUP-RENAME-03.members-kept",
        "OKTA-GROUP-RENAME-03.renamed",
        "OKTA-LARGE-05.accepted",
        "OKTA-LARGE-05.one-less",
        "OKTA-LARGE-05.stored",
        "OKTA-MEMBER-04.accepted",
        "OKTA-MEMBER-04.stored",
        "OKTA-MEMBER-09.membership",
      ),
    ],
    make: spoiling(putGroup, ({ resource, body }, proceed) => {
      if (resource !== undefined && body.id !== undefined) throw badRequest("mutability", "id is immutable.");
      return proceed();
    }),
  },
];
