import { badRequest } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, doesOp, isOnMembers, itemsIn, operationsIn, sending, withOperations } from "./sent.ts";
import { patchGroup, putGroup, restore, setMembers, spoiling } from "./spoil.ts";
import type { JsonObject } from "../../model/json.ts";

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
    also: [],
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
    also: [],
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
    also: [],
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
    also: [],
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
    also: [],
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
    also: [],
    make: spoiling(putGroup, (call, proceed) => {
      const reply = proceed();
      const after = call.resource?.attributes;
      if (after !== undefined) {
        const slug = String(after.displayName).toLowerCase().replace(/[^a-z0-9]+/g, "_");
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
    also: [],
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
    also: [],
    make: spoiling(putGroup, ({ body }, proceed) => {
      if (body.id !== undefined) throw badRequest("mutability", "id is immutable.");
      return proceed();
    }),
  },
];
