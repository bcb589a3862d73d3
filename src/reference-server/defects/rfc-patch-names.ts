import { isJsonObject } from "../../model/json.ts";
import { badRequest, ScimFailure } from "../errors.ts";
import { groupType } from "../schemas.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { asIfDone, isAt, passingOver, storing } from "./rewriting.ts";
import { itemsIn, operationsIn } from "./sent.ts";
import { type Call, patchGroup, patchUser, putGroup, setMembers, spoiling } from "./spoil.ts";

/** Adds the user of this call to the groups that an operation on `groups` names. */
function joinGroups({ context, resource, body }: Call): void {
  if (resource === undefined) return;
  for (const item of operationsIn(body)
    .filter(isAt(/^groups$/i))
    .flatMap(({ value }) => itemsIn(value))) {
    const group = context.store.get(groupType, String(isJsonObject(item) ? item.value : ""));
    if (group !== undefined) setMembers(context, group, [...group.members, resource.id]);
  }
}

/** What servers do wrong with the attributes that the paths of a PATCH name. */
export const rfcPatchNames: readonly Defect[] = [
  {
    name: "read-only-paths-passed-over",
    title: "A PATCH with the path id or groups is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2-08.refused"],
    also: [],
    make: passingOver(patchUser, isAt(/^(id|groups)$/i)),
  },
  {
    name: "read-only-paths-called-invalid",
    title: "A PATCH with a read-only path is refused as invalidPath.",
    layer: "app",
    target: ["RFC7644-3.5.2-08.word"],
    also: [],
    make: spoiling(patchUser, ({ body }, proceed) => {
      if (operationsIn(body).some(isAt(/^id$/i))) throw badRequest("invalidPath", "id is not known.");
      return proceed();
    }),
  },
  {
    name: "groups-joined-through-user",
    title: "An add to a user's groups makes the user a member.",
    layer: "app",
    target: ["RFC7644-3.5.2-08.unchanged"],
    also: because("it is accepted", "RFC7644-3.5.2-08.refused"),
    make: spoiling(patchUser, (call, proceed) => {
      if (!operationsIn(call.body).some(isAt(/^groups$/i))) return proceed();
      joinGroups(call);
      return asIfDone(call);
    }),
  },
  {
    name: "put-creates-unknown-group",
    title: "A replace of a group that nobody has creates it.",
    layer: "app",
    target: ["RFC7644-3.5.2-09.group-put"],
    also: [],
    make: spoiling(putGroup, ({ context, resource, request }, proceed) =>
      resource === undefined ? context.operations.create(context, groupType, request) : proceed(),
    ),
  },
  {
    name: "patch-keeps-user-name",
    title: "A PATCH of userName is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2-11.changed"],
    also: [],
    make: storing(patchUser, (after, before) =>
      after.userName === before.userName ? undefined : { ...after, userName: before.userName ?? "" },
    ),
  },
  {
    name: "patch-to-taken-user-name-passed-over",
    title: "A PATCH to a userName that is taken changes nothing, and is answered with a success.",
    layer: "app",
    target: ["RFC7644-3.5.2-11.conflict"],
    also: [],
    make: spoiling(patchUser, (call, proceed) => {
      try {
        return proceed();
      } catch (failure) {
        if (failure instanceof ScimFailure && failure.scimType === "uniqueness") return asIfDone(call);
        throw failure;
      }
    }),
  },
  {
    name: "patch-to-taken-user-name-without-word",
    title: "A PATCH to a userName that is taken is refused with 409, without a scimType.",
    layer: "app",
    target: ["RFC7644-3.5.2-11.word"],
    also: [],
    make: spoiling(patchUser, (_call, proceed) => {
      try {
        return proceed();
      } catch (failure) {
        if (!(failure instanceof ScimFailure) || failure.scimType !== "uniqueness") throw failure;
        throw new ScimFailure(409, failure.message);
      }
    }),
  },
  {
    name: "patch-keeps-external-id",
    title: "A PATCH of externalId is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2-12.changed"],
    also: [],
    make: passingOver(patchUser, isAt(/^externalId$/i)),
  },
  {
    name: "path-in-capitals-refused",
    title: "Paths are compared letter by letter: one in capitals names no attribute.",
    layer: "app",
    target: ["RFC7644-3.5.2-13.letter-case"],
    also: [],
    make: spoiling(patchUser, ({ body }, proceed) => {
      if (operationsIn(body).some(isAt(/^[A-Z]/)))
        throw badRequest("invalidPath", "There is no such attribute.");
      return proceed();
    }),
  },
  {
    name: "core-urn-in-path-refused",
    title: "A path with the URN of the core schema is refused, because User has no such extension.",
    layer: "app",
    target: ["RFC7644-3.5.2-13.core-urn"],
    also: [],
    make: spoiling(patchUser, ({ body }, proceed) => {
      if (operationsIn(body).some(isAt(/^urn:ietf:params:scim:schemas:core:/i))) {
        throw badRequest("invalidPath", "There is no such extension.");
      }
      return proceed();
    }),
  },
  {
    name: "urn-in-path-cut-at-its-dot",
    title:
      "Paths are cut at the first dot, which lies within the URN of an extension: nothing is found there.",
    layer: "app",
    target: ["RFC7644-3.5.2-13.extension-urn", "RFC7644-3.5.2.1-01.extension"],
    also: because("the path of a manager is cut as well", "RFC7643-4.3-02.set"),
    make: passingOver(patchUser, isAt(/^urn:ietf:params:scim:schemas:extension:/i)),
  },
  {
    name: "manager-needs-display-name",
    title: "A manager is stored by the displayName of the value, which a client need not send.",
    layer: "app",
    target: ["RFC7643-4.3-02.set"],
    also: [],
    make: passingOver(patchUser, (operation) => operation.op === "add" && isAt(/:manager$/i)(operation)),
  },
  {
    name: "manager-not-removed",
    title: "A remove of the manager is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7643-4.3-02.removed"],
    also: [],
    make: passingOver(patchUser, (operation) => operation.op === "remove" && isAt(/:manager$/i)(operation)),
  },
  {
    name: "active-by-path-not-cleared",
    title: "A PATCH with the path active and the value false is taken for one without a value.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-06.deactivated"],
    also: [],
    make: passingOver(patchUser, (operation) => isAt(/^active$/i)(operation) && operation.value === false),
  },
  {
    name: "active-by-path-not-set-again",
    title: "A PATCH with the path active deactivates, and never activates again.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-06.reactivated"],
    also: [],
    make: passingOver(patchUser, (operation) => isAt(/^active$/i)(operation) && operation.value === true),
  },
  {
    name: "group-rename-by-path-passed-over",
    title: "A PATCH of a group's displayName with a path is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-07.renamed"],
    also: [],
    make: passingOver(patchGroup, isAt(/^displayName$/i)),
  },
  {
    name: "group-rename-by-path-empties-it",
    title: "A PATCH of a group's displayName with a path writes a group without members.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-07.members-kept"],
    also: [],
    make: spoiling(patchGroup, ({ context, resource, body }, proceed) => {
      const reply = proceed();
      const isRename = operationsIn(body).some(isAt(/^displayName$/i));
      if (isRename && resource !== undefined) setMembers(context, resource, []);
      return reply;
    }),
  },
];
