import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { groupType } from "../schemas.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, itemsIn, listedIn, sending, showing } from "./sent.ts";
import {
  createGroup,
  deleteUser,
  listGroups,
  patchGroup,
  putUser,
  readGroup,
  setMembers,
  spoiling,
  spoilingEach,
} from "./spoil.ts";

/** Each member that a read of a group shows is shown in another way. */
const showingMembers = (show: (member: JsonObject) => JsonObject): Defect["make"] =>
  spoiling(readGroup, (_call, proceed) => {
    const reply = proceed();
    const members = itemsIn(reply.body?.members).filter(isJsonObject).map(show);
    return reply.body?.members === undefined ? reply : showing(reply, { members });
  });

/** What servers do wrong with groups, beyond what Okta would notice. */
export const rfcGroups: readonly Defect[] = [
  {
    name: "group-without-name-created",
    title: "A group without displayName is created under its externalId.",
    layer: "app",
    target: ["RFC7643-4.2-01.refused"],
    also: [],
    make: spoiling(createGroup, ({ request, body }, proceed) =>
      body.displayName === undefined && body.externalId !== undefined
        ? proceed(sending(request, changed(body, { displayName: body.externalId })))
        : proceed(),
    ),
  },
  {
    name: "group-type-in-small-letters",
    title: "The meta.resourceType of a new group is group.",
    layer: "app",
    target: ["RFC7643-4.2-02.resource-type"],
    also: [],
    make: spoiling(createGroup, (_call, proceed) => {
      const reply = proceed();
      const meta = reply.body?.meta ?? null;
      return isJsonObject(meta) ? showing(reply, { meta: { ...meta, resourceType: "group" } }) : reply;
    }),
  },
  {
    name: "new-group-without-location",
    title: "The answer to a create of a group has no Location header.",
    layer: "app",
    target: ["RFC7643-4.2-02.location"],
    also: [],
    make: spoiling(createGroup, (_call, proceed) => {
      const reply = proceed();
      return { ...reply, headers: (reply.headers ?? []).filter(([name]) => name !== "Location") };
    }),
  },
  {
    name: "members-not-shown-on-request",
    title: "A read that asks for members alone shows the group without them.",
    layer: "app",
    target: ["RFC7643-4.2-03.shown"],
    also: [],
    make: spoiling(readGroup, ({ request }, proceed) => {
      const reply = proceed();
      return request.query.get("attributes") === "members" ? showing(reply, { members: undefined }) : reply;
    }),
  },
  {
    name: "member-type-in-small-letters",
    title: "The type of a member that is a user is user.",
    layer: "app",
    target: ["RFC7643-4.2-04.type"],
    also: [],
    make: showingMembers((member) => ({ ...member, type: "user" })),
  },
  {
    name: "member-reference-to-group",
    title: "The $ref of a member is an address below the groups.",
    layer: "app",
    target: ["RFC7643-4.2-04.reference"],
    also: because("this asks for the same of every reference", "RFC7643-2.3.7-01.member"),
    make: showingMembers((member) => ({
      ...member,
      $ref: String(member.$ref).replace(/\/Users\/[^/]+$/, "/Users/members"),
    })),
  },
  {
    name: "deleted-user-stays-member",
    title: "Who is deleted stays a member of groups.",
    layer: "app",
    target: ["RFC7643-4.2-05.gone"],
    also: [],
    make: spoilingEach(() => {
      const ghosts = new Map<string, Json[]>();
      return [
        {
          at: deleteUser,
          spoil: ({ context, resource }, proceed) => {
            const groups = resource === undefined ? [] : context.store.groupsOf(resource.id);
            for (const { id } of groups) {
              ghosts.set(id, [...(ghosts.get(id) ?? []), { value: resource?.id ?? "", type: "User" }]);
            }
            return proceed();
          },
        },
        {
          at: readGroup,
          spoil: ({ resource }, proceed) => {
            const reply = proceed();
            const gone = ghosts.get(resource?.id ?? "") ?? [];
            if (gone.length === 0) return reply;
            return showing(reply, { members: [...itemsIn(reply.body?.members), ...gone] });
          },
        },
      ];
    }),
  },
  {
    name: "group-in-group-dropped",
    title: "A group that is added to a group is dropped with a success.",
    layer: "app",
    target: ["RFC7643-4.2-06.kept"],
    also: [],
    make: spoiling(patchGroup, ({ context, request }, proceed) => {
      const groupIds = [...context.store.all(groupType)].map(({ id }) => id);
      return groupIds.some((id) => request.body.includes(`"value":"${id}"`)) ? { status: 204 } : proceed();
    }),
  },
  {
    name: "groups-joined-by-put",
    title: "A replace of a user with groups makes the user a member of them.",
    layer: "app",
    target: ["RFC7643-4.1.2-11.no-effect"],
    also: [],
    make: spoiling(putUser, ({ context, resource, body }, proceed) => {
      const reply = proceed();
      for (const item of itemsIn(body.groups).filter(isJsonObject)) {
        const group = context.store.get(groupType, String(item.value));
        if (group !== undefined && resource !== undefined) {
          setMembers(context, group, [...group.members, resource.id]);
        }
      }
      return reply;
    }),
  },
  {
    name: "members-listed-though-excluded",
    title: "A list of groups shows members also to whoever excludes them.",
    layer: "app",
    target: ["RFC7644-3.9-11.left-out"],
    also: because("small groups are listed in the same way", "RFC7644-3.9-02.members-in-list"),
    make: spoiling(listGroups, ({ context, request }, proceed) => {
      const reply = proceed();
      if (request.query.get("excludedattributes") !== "members") return reply;
      const shown = listedIn(reply).map((group) => {
        const members = context.store.get(groupType, String(group.id))?.members ?? [];
        return { ...group, members: [...members].map((value) => ({ value })) };
      });
      return showing(reply, { Resources: shown });
    }),
  },
];
