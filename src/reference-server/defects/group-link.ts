import { ScimFailure } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { newName } from "./new-name.ts";
import { changed, listedIn, renameIn, showing } from "./sent.ts";
import {
  createGroup,
  listGroups,
  patchGroup,
  putGroup,
  restore,
  type Spoil,
  setMembers,
  spoilingEach,
} from "./spoil.ts";

/** What servers do wrong with groups that were there before Okta was linked to them. */
export const groupLink: readonly Defect[] = [
  {
    name: "application-groups-cannot-be-renamed",
    title: "Groups that were filled in the application refuse another name.",
    layer: "app",
    target: ["OKTA-GROUP-LINK-02.accepted"],
    also: [
      ...because(
        "The refused write left name and members as they were.",
        "OKTA-GROUP-LINK-02.members",
        "OKTA-GROUP-LINK-02.renamed",
        "OKTA-GROUP-LINK-02.same-group",
      ),
    ],
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
    also: [...because("Nobody finds the group under the new name.", "OKTA-GROUP-LINK-02.same-group")],
    make: onApplicationGroups((call, proceed) => {
      const before = call.resource?.attributes;
      const reply = proceed();
      if (before !== undefined) restore(call, before);
      return reply;
    }),
  },
  {
    name: "renamed-group-found-twice",
    title:
      "A look-up of the new name of a group shows it twice: once as it is, once as a leftover of the index.",
    layer: "app",
    target: ["OKTA-GROUP-LINK-02.same-group"],
    also: [],
    make: spoilingEach(() => {
      const renamed = new Set<unknown>();
      const rename: Spoil = (call, proceed) => {
        if (newName(call) !== undefined) renamed.add(call.resource?.id);
        return proceed();
      };
      return [
        { at: patchGroup, spoil: rename },
        { at: putGroup, spoil: rename },
        {
          at: listGroups,
          spoil: ({ request }, proceed) => {
            const reply = proceed();
            const found = listedIn(reply);
            if (!request.query.has("filter") || !found.some(({ id }) => renamed.has(id))) return reply;
            const twice = found.flatMap((group) => [changed(group, { id: `old-${group.id}` }), group]);
            return showing(reply, { totalResults: twice.length, Resources: twice });
          },
        },
      ];
    }),
  },
  {
    name: "first-push-throws-out-others",
    title: "The first push to a group that was filled in the application throws out who was in it.",
    layer: "app",
    target: ["OKTA-GROUP-LINK-02.members"],
    also: [
      ...because(
        "The replaced group was made with members; those of them who should stay are thrown out.",
        "OKTA-MEMBER-05.exactly",
      ),
    ],
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
function onApplicationGroups(spoil: Spoil): Defect["make"] {
  return spoilingEach(() => {
    const ofApplication = new Set<unknown>();
    const onlyThose: Spoil = (call, proceed) =>
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
