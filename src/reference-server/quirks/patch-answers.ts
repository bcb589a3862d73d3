import { changed } from "../defects/sent.ts";
import type { Reply } from "../message.ts";
import type { ResourceType } from "../schemas.ts";
import type { Make } from "./make.ts";
import { withoutMembers } from "./members-shown.ts";
import type { Quirk } from "./quirk.ts";

const RFC = "RFC 7644 section 3.5.2: the provider answers 200 with the whole resource, or 204 without a body";
const OKTA =
  "Okta, SCIM protocol reference, Groups: a PATCH is answered with 204, or with 200 and the group, whose members may be null or left out";

/** What a PATCH is answered with when nobody asked for certain attributes. */
function answering(name: ResourceType["name"], answer: (whole: Reply) => Reply): Make {
  return ({ operations }) => ({
    replace: {
      modify: (context, type, id, request) => {
        const reply = operations.modify(context, type, id, request);
        if (
          type.name !== name ||
          request.query.has("attributes") ||
          request.query.has("excludedattributes")
        ) {
          return reply;
        }
        const resource = context.store.get(type, id);
        if (resource === undefined) return reply;
        return answer({ ...reply, body: context.operations.render(context, resource, {}) });
      },
    },
  });
}

/** Which of the permitted answers a PATCH gets. */
export const patchAnswers: readonly Quirk[] = [
  {
    name: "patch-of-users-answers-204",
    title: "Every PATCH of a user is answered 204, without the user.",
    permittedBy: RFC,
    layer: "app",
    make: answering("User", ({ headers = [] }) => ({ status: 204, headers })),
  },
  {
    name: "patch-of-groups-answers-200",
    title: "Every PATCH of a group is answered 200, with the whole group.",
    permittedBy: RFC,
    layer: "app",
    make: answering("Group", (whole) => ({ ...whole, status: 200 })),
  },
  {
    name: "patch-of-groups-omits-members",
    title: "A PATCH of a group is answered 200 with the group, but without its members.",
    permittedBy: OKTA,
    contradicts: ["patch-of-groups-answers-200", "patch-of-groups-shows-null-members"],
    layer: "app",
    make: answering("Group", (whole) => withoutMembers({ ...whole, status: 200 })),
  },
  {
    name: "patch-of-groups-shows-null-members",
    title: "A PATCH of a group is answered 200 with the group, and with null for its members.",
    permittedBy: OKTA,
    contradicts: ["patch-of-groups-answers-200"],
    layer: "app",
    make: answering("Group", (whole) => ({
      ...whole,
      status: 200,
      body: changed(whole.body ?? {}, { members: null }),
    })),
  },
];
