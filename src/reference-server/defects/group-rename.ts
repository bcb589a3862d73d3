import { badRequest, ScimFailure } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { newName } from "./new-name.ts";
import { renameIn } from "./sent.ts";
import { patchGroup, putGroup, restore, setMembers, spoiling, spoilingWithMemory } from "./spoil.ts";

/** What servers do wrong when a group gets another name. */
export const groupRename: readonly Defect[] = [
  {
    name: "rename-answers-202",
    title: "The rename of a group is carried out and answered 202.",
    layer: "app",
    target: ["OKTA-GROUP-RENAME-01.answer"],
    also: [...because("Linking renames the group, with the same answer.", "OKTA-GROUP-LINK-02.accepted")],
    make: spoiling(patchGroup, (call, proceed) => {
      const isRename = newName(call) !== undefined;
      const reply = proceed();
      return isRename ? { status: 202 } : reply;
    }),
  },
  {
    name: "rename-with-id-refused",
    title: "The id that Okta repeats in a rename is refused as read-only.",
    layer: "app",
    target: ["OKTA-GROUP-RENAME-01.answer"],
    also: [
      ...because("Linking renames the group with the same request.", "OKTA-GROUP-LINK-02.accepted"),
      ...because(
        "The refused rename left the old name.",
        "OKTA-GROUP-LINK-02.renamed",
        "OKTA-GROUP-LINK-02.same-group",
        "OKTA-GROUP-RENAME-01.renamed",
      ),
      ...because(
        "Every push begins with a rename that repeats the id.",
        "OKTA-GROUP-PUSH-07.answer",
        "OKTA-GROUP-RENAME-02.idempotent",
      ),
      ...because(
        "This replace has the shape of a rename, with the members in it.",
        "OKTA-MEMBER-07.answer",
        "OKTA-MEMBER-07.replaced",
      ),
    ],
    make: spoiling(patchGroup, (call, proceed) => {
      if (call.resource !== undefined && renameIn(call.body) !== undefined) {
        throw badRequest("mutability", "id is read-only.");
      }
      return proceed();
    }),
  },
  {
    name: "rename-ignored",
    title: "The PATCH that renames a group is answered with success, and the group keeps its name.",
    layer: "app",
    target: ["OKTA-GROUP-RENAME-01.renamed"],
    also: [
      ...because(
        "Linking renames the group; nobody finds it under the new name.",
        "OKTA-GROUP-LINK-02.renamed",
        "OKTA-GROUP-LINK-02.same-group",
      ),
    ],
    make: spoiling(patchGroup, (call, proceed) => {
      const before = call.resource?.attributes;
      const isRename = newName(call) !== undefined;
      const reply = proceed();
      if (isRename && before !== undefined) restore(call, before);
      return reply;
    }),
  },
  {
    name: "rename-drops-members",
    title: "The value of a rename is taken for the whole group, and its members are gone.",
    layer: "app",
    source: "https://github.com/langwatch/langwatch/issues/7131",
    target: ["OKTA-GROUP-RENAME-01.members-kept", "OKTA-MEMBER-08.members-kept"],
    also: [
      ...because(
        "Linking renames the group, and those who were in it are gone.",
        "OKTA-GROUP-LINK-02.members",
      ),
      ...because(
        "The value that names members as well is treated like that, too.",
        "OKTA-MEMBER-07.replaced",
      ),
    ],
    make: spoiling(patchGroup, ({ context, resource, body }, proceed) => {
      const reply = proceed();
      if (resource !== undefined && renameIn(body) !== undefined) setMembers(context, resource, []);
      return reply;
    }),
  },
  {
    name: "rename-to-same-name-conflicts",
    title: "A rename to the name that the group has is answered 409: the name is taken, by the group itself.",
    layer: "app",
    target: ["OKTA-GROUP-RENAME-02.idempotent"],
    also: [
      ...because("Every push begins with a rename to the same name.", "OKTA-GROUP-PUSH-07.answer"),
      ...because(
        "This replace repeats the name of the group.",
        "OKTA-MEMBER-07.answer",
        "OKTA-MEMBER-07.replaced",
      ),
    ],
    make: spoiling(patchGroup, (call, proceed) => {
      const isRename = call.resource !== undefined && renameIn(call.body) !== undefined;
      if (isRename && newName(call) === undefined) {
        throw new ScimFailure(409, "A group with this name exists already.", "uniqueness");
      }
      return proceed();
    }),
  },
  {
    name: "change-after-rename-lost",
    title: "The change that follows a rename is applied to a stale copy and lost.",
    layer: "app",
    target: ["OKTA-GROUP-RENAME-02.then-members"],
    also: [
      ...because("Linking renames and adds next.", "OKTA-GROUP-LINK-02.members"),
      ...because(
        "The first push renames to the same name and adds the members next; all these are judged by one read.",
        "OKTA-MEMBER-01.added",
        "OKTA-MEMBER-04.stored",
        "OKTA-MEMBER-10.visible",
      ),
    ],
    make: spoilingWithMemory(patchGroup, () => {
      const renamed = new Set<string>();
      return (call, proceed) => {
        const { context, resource, body } = call;
        const members = resource === undefined ? [] : [...resource.members];
        const reply = proceed();
        if (resource === undefined) return reply;
        if (renamed.delete(resource.id)) setMembers(context, resource, members);
        if (renameIn(body) !== undefined) renamed.add(resource.id);
        return reply;
      };
    }),
  },
  {
    name: "put-group-refuses-new-name",
    title: "A replace of a group with another displayName is refused.",
    layer: "app",
    target: ["OKTA-GROUP-RENAME-03.answer"],
    also: [
      ...because(
        "Linking replaces the group under its new name.",
        "OKTA-GROUP-LINK-02.accepted",
        "OKTA-GROUP-LINK-02.members",
        "OKTA-GROUP-LINK-02.renamed",
        "OKTA-GROUP-LINK-02.same-group",
      ),
      ...because(
        "The refused replace left name and members as they were.",
        "OKTA-GROUP-RENAME-03.members-kept",
        "OKTA-GROUP-RENAME-03.renamed",
      ),
    ],
    make: spoiling(putGroup, (call, proceed) => {
      if (newName(call) !== undefined) throw badRequest("mutability", "displayName cannot be changed.");
      return proceed();
    }),
  },
  {
    name: "put-group-keeps-name",
    title: "A replace of a group takes over the members and keeps the old name.",
    layer: "app",
    target: ["OKTA-GROUP-RENAME-03.renamed"],
    also: [
      ...because(
        "Linking replaces the group; nobody finds it under the new name.",
        "OKTA-GROUP-LINK-02.renamed",
        "OKTA-GROUP-LINK-02.same-group",
      ),
    ],
    make: spoiling(putGroup, (call, proceed) => {
      const before = call.resource?.attributes;
      const reply = proceed();
      if (before !== undefined) restore(call, before);
      return reply;
    }),
  },
  {
    name: "put-group-rename-drops-members",
    title: "A replace with another name renames the group and leaves it empty.",
    layer: "app",
    target: ["OKTA-GROUP-RENAME-03.members-kept"],
    also: [...because("Linking replaces the group under a new name.", "OKTA-GROUP-LINK-02.members")],
    make: spoiling(putGroup, (call, proceed) => {
      const { context, resource } = call;
      const isRename = newName(call) !== undefined;
      const reply = proceed();
      if (isRename && resource !== undefined) setMembers(context, resource, []);
      return reply;
    }),
  },
];
