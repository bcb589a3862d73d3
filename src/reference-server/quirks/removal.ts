import type { Context } from "../context.ts";
import { ScimFailure } from "../errors.ts";
import type { Resource } from "../resource.ts";
import type { Make } from "./make.ts";
import type { Quirk } from "./quirk.ts";

const NEVER = "OKTA-DELETE-01: Okta never deletes users, so nothing is required";
const AGAINST = "RFC 7644 section 3.6: what was deleted is answered with 404";

function onRemovalOfUsers(answer: (context: Context, user: Resource) => ReturnType<typeof refusal>): Make {
  return ({ operations }) => ({
    replace: {
      remove: (context, type, id, request) => {
        const user = type.name === "User" ? context.store.get(type, id) : undefined;
        if (user === undefined) return operations.remove(context, type, id, request);
        const failure = answer(context, user);
        if (failure !== undefined) throw failure;
        return { status: 204 };
      },
    },
  });
}

function refusal(status: number): ScimFailure | undefined {
  const allow = status === 405 ? ([["Allow", "GET, PUT, PATCH"]] as const) : [];
  return new ScimFailure(status, "Users cannot be deleted here, only deactivated.", undefined, allow);
}

/** What a DELETE does. Clean-up has to make do with it. */
export const removal: readonly Quirk[] = [
  ...[405, 501, 403].map(
    (status): Quirk => ({
      name: `delete-of-users-answered-${status}`,
      title: `DELETE of a user is refused with ${status}.`,
      permittedBy: NEVER,
      againstRfc: AGAINST,
      contradicts: [405, 501, 403]
        .filter((other) => other !== status)
        .map((other) => `delete-of-users-answered-${other}`)
        .concat("deleted-users-stay-inactive"),
      layer: "app",
      make: onRemovalOfUsers(() => refusal(status)),
    }),
  ),
  {
    name: "deleted-users-stay-inactive",
    title: "DELETE of a user answers 204 and deactivates; the user is still read, found and listed.",
    permittedBy: NEVER,
    againstRfc: AGAINST,
    layer: "app",
    make: onRemovalOfUsers((context, user) => {
      context.store.update(user, { ...user.attributes, active: false });
      return undefined;
    }),
  },
  {
    name: "delete-answers-200",
    title: "A DELETE is answered 200 with a body.",
    permittedBy: "RFC 9110 section 9.3.5: 200 with a representation of what happened",
    againstRfc: "RFC 7644 section 3.6: 204",
    layer: "app",
    make: ({ operations }) => ({
      replace: {
        remove: (context, type, id, request) => {
          const reply = operations.remove(context, type, id, request);
          return reply.status === 204 ? { status: 200, body: { deleted: true, id } } : reply;
        },
      },
    }),
  },
];
