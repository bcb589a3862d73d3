import { isJsonObject } from "../../model/json.ts";
import { changed, itemsIn, listedIn, showing } from "../defects/sent.ts";
import type { Reply } from "../message.ts";
import { showingOnly } from "./make.ts";
import type { Quirk } from "./quirk.ts";

/** A reply about one group, without its members. */
export const withoutMembers = (reply: Reply): Reply => showing(reply, { members: undefined });

/** How the members of a group, and the groups of a user, are shown. */
export const membersShown: readonly Quirk[] = [
  {
    name: "members-in-another-order",
    title: "Members are shown in the reverse of the order in which they were added.",
    permittedBy: "RFC 7643 section 2.4: the order of the values of a multi-valued attribute means nothing",
    layer: "app",
    make: showingOnly("Group", (shown) =>
      shown.members === undefined ? shown : { ...shown, members: itemsIn(shown.members).toReversed() },
    ),
  },
  {
    name: "members-with-value-alone",
    title: "A member is shown by its value, without type, $ref and display.",
    permittedBy: "RFC 7643 sections 2.4 and 4.2: sub-attributes other than the value are optional",
    layer: "app",
    make: showingOnly("Group", (shown) =>
      shown.members === undefined
        ? shown
        : {
            ...shown,
            members: itemsIn(shown.members)
              .filter(isJsonObject)
              .map(({ value = null }) => ({ value })),
          },
    ),
  },
  {
    name: "members-absent-when-there-are-none",
    title: "A group without members is shown without the attribute.",
    permittedBy: "RFC 7643 section 2.5: an empty array and an absent attribute are the same state",
    contradicts: ["members-null-when-there-are-none"],
    layer: "app",
    make: showingOnly("Group", (shown) =>
      itemsIn(shown.members).length > 0 ? shown : changed(shown, { members: undefined }),
    ),
  },
  {
    name: "members-null-when-there-are-none",
    title: "A group without members is shown with null for them.",
    permittedBy: "RFC 7643 section 2.5: null, an empty array and an absent attribute are the same state",
    layer: "app",
    make: showingOnly("Group", (shown) =>
      shown.members === undefined || itemsIn(shown.members).length > 0 ? shown : { ...shown, members: null },
    ),
  },
  {
    name: "members-only-on-request",
    title: "Members are shown to whoever asks for them by name, and to nobody else.",
    permittedBy:
      "RFC 7643 section 7: an attribute may be returned on request; OKTA-MEMBER-10: members may be left out",
    againstRfc: "RFC 7643 section 7: the schema served here says that members are returned by default",
    contradicts: ["patch-of-groups-answers-200", "patch-of-groups-shows-null-members"],
    layer: "app",
    make: showingOnly("Group", (shown, { projection }) =>
      projection.attributes === undefined ? changed(shown, { members: undefined }) : shown,
    ),
  },
  {
    name: "groups-of-users-not-shown",
    title: "Users are shown without their groups.",
    permittedBy: "RFC 7643 section 4.1.2: a user's groups are an optional attribute",
    contradicts: ["groups-of-users-null"],
    layer: "app",
    make: showingOnly("User", (shown) => changed(shown, { groups: undefined })),
  },
  {
    name: "groups-of-users-null",
    title: "A user in no group is shown with null for the groups.",
    permittedBy: "RFC 7643 section 2.5: null, an empty array and an absent attribute are the same state",
    layer: "app",
    make: showingOnly("User", (shown) =>
      shown.groups === undefined || itemsIn(shown.groups).length > 0 ? shown : { ...shown, groups: null },
    ),
  },
  {
    name: "groups-listed-without-members",
    title: "Lists of groups leave the members out; a read by id shows them.",
    permittedBy:
      "OKTA-IMPORT-06 and OKTA-LARGE-07: members in lists where the server can afford it, all or none",
    layer: "app",
    make: ({ operations }) => ({
      replace: {
        list: (context, types, request) => {
          const reply = operations.list(context, types, request);
          if (types[0]?.name !== "Group" || request.query.has("attributes")) return reply;
          const Resources = listedIn(reply).map((group) => changed(group, { members: undefined }));
          return reply.body?.Resources === undefined ? reply : showing(reply, { Resources });
        },
      },
    }),
  },
  {
    name: "members-of-large-groups-not-shown",
    title: "A group of more than 50 members is shown without any of them.",
    permittedBy: "OKTA-LARGE-07: a large group is read with all its members, or with none at all",
    againstRfc: "RFC 7643 section 7: the schema served here says that members are returned by default",
    layer: "app",
    make: showingOnly("Group", (shown) =>
      itemsIn(shown.members).length > 50 ? changed(shown, { members: undefined }) : shown,
    ),
  },
];
