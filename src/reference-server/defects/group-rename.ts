import { badRequest, ScimFailure } from "../errors.ts";
import { groupType } from "../schemas.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { renameIn } from "./sent.ts";
import {
  type Call,
  createGroup,
  patchGroup,
  putGroup,
  restore,
  setMembers,
  spoiling,
  spoilingEach,
  spoilingWithMemory,
} from "./spoil.ts";

/** The name a PUT or PATCH gives the group, if it is another one than it has. */
function newName({ body, resource }: Call): string | undefined {
  const name = typeof body.displayName === "string" ? body.displayName : renameIn(body);
  return name === resource?.attributes.displayName ? undefined : name;
}

/** What servers do wrong when a group gets another name. */
export const groupRename: readonly Defect[] = [
  {
    name: "rename-answers-202",
    title: "The rename of a group is carried out and answered 202.",
    layer: "app",
    target: ["OKTA-GROUP-RENAME-01.answer"],
    also: [],
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
    also: [],
    make: spoiling(patchGroup, (call, proceed) => {
      if (renameIn(call.body) !== undefined) throw badRequest("mutability", "id is read-only.");
      return proceed();
    }),
  },
  {
    name: "rename-ignored",
    title: "The PATCH that renames a group is answered with success, and the group keeps its name.",
    layer: "app",
    target: ["OKTA-GROUP-RENAME-01.renamed"],
    also: [],
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
    also: [],
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
    also: [],
    make: spoiling(patchGroup, (call, proceed) => {
      if (renameIn(call.body) !== undefined && newName(call) === undefined) {
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
    also: [],
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
    also: [],
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
    also: [],
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
    also: [],
    make: spoiling(putGroup, (call, proceed) => {
      const { context, resource } = call;
      const isRename = newName(call) !== undefined;
      const reply = proceed();
      if (isRename && resource !== undefined) setMembers(context, resource, []);
      return reply;
    }),
  },
];

/** What servers do wrong with groups that were there before Okta was linked to them. */
export const groupLink: readonly Defect[] = [
  {
    name: "application-groups-cannot-be-renamed",
    title: "Groups that were filled in the application refuse another name.",
    layer: "app",
    target: ["OKTA-GROUP-LINK-02.accepted"],
    also: [],
    make: onApplicationGroups((call, proceed) => {
      if (newName(call) !== undefined) throw new ScimFailure(403, "This group is managed here.");
      return proceed();
    }),
  },
  {
    name: "application-groups-keep-their-name",
    title: "Groups that were filled in the application answer a rename with success and keep their name.",
    layer: "app",
    target: ["OKTA-GROUP-LINK-02.renamed"],
    also: [],
    make: onApplicationGroups((call, proceed) => {
      const before = call.resource?.attributes;
      const reply = proceed();
      if (before !== undefined) restore(call, before);
      return reply;
    }),
  },
  {
    name: "rename-leaves-second-group",
    title: "The first rename of a group also makes an empty one of the new name.",
    layer: "app",
    target: ["OKTA-GROUP-LINK-02.same-group"],
    also: [],
    make: spoiling([patchGroup, putGroup], (call, proceed) => {
      const name = newName(call);
      const reply = proceed();
      if (name !== undefined && call.resource !== undefined) {
        call.context.store.insert(groupType, { displayName: name });
      }
      return reply;
    }),
  },
  {
    name: "first-push-throws-out-others",
    title: "The first push to a group that was filled in the application throws out who was in it.",
    layer: "app",
    target: ["OKTA-GROUP-LINK-02.members"],
    also: [],
    make: onApplicationGroups(({ context, resource, body }, proceed) => {
      const before = new Set(resource?.members);
      const reply = proceed();
      if (resource === undefined || renameIn(body) !== undefined) return reply;
      setMembers(
        context,
        resource,
        [...resource.members].filter((id) => !before.has(id)),
      );
      return reply;
    }),
  },
];

/** Spoils writes to groups that were created with members in them, as no push of Okta's does. */
function onApplicationGroups(spoil: Parameters<typeof spoiling>[1]): Defect["make"] {
  return spoilingEach(() => {
    const ofApplication = new Set<unknown>();
    const onlyThose: typeof spoil = (call, proceed) =>
      ofApplication.has(call.resource?.id) ? spoil(call, proceed) : proceed();
    return [
      {
        at: createGroup,
        spoil: ({ body }, proceed) => {
          const reply = proceed();
          if (Array.isArray(body.members) && body.members.length > 0) ofApplication.add(reply.body?.id);
          return reply;
        },
      },
      { at: patchGroup, spoil: onlyThose },
      { at: putGroup, spoil: onlyThose },
    ];
  });
}
