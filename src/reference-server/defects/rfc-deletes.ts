import type { JsonObject } from "../../model/json.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { listedIn, showing } from "./sent.ts";
import type { Where } from "./spoil.ts";
import {
  deleteUser,
  listUsers,
  patchUser,
  putUser,
  readUser,
  type Spoil,
  spoiling,
  spoilingEach,
} from "./spoil.ts";

/** What is asked at this place is answered for a deleted user as if the user were still there. */
const hauntedAt = (where: Where, spoil: (ghost: JsonObject) => ReturnType<Spoil>): Defect["make"] =>
  spoilingEach(() => {
    const ghosts = new Map<string, JsonObject>();
    return [
      {
        at: deleteUser,
        spoil: ({ context, resource }, proceed) => {
          if (resource !== undefined)
            ghosts.set(resource.id, context.operations.render(context, resource, {}));
          return proceed();
        },
      },
      {
        at: where,
        spoil: ({ resource, request }, proceed) => {
          const ghost = ghosts.get(request.segments[1] ?? "");
          return resource === undefined && ghost !== undefined ? spoil(ghost) : proceed();
        },
      },
    ];
  });

const asShown = (ghost: JsonObject) => ({ status: 200, body: ghost });

/** What servers do wrong with DELETE. */
export const rfcDeletes: readonly Defect[] = [
  {
    name: "user-delete-answers-200",
    title: "A delete of a user is carried out, and answered 200 with an empty object.",
    layer: "app",
    target: ["RFC7644-3.6-01.no-content"],
    also: [],
    make: spoiling(deleteUser, (_call, proceed) => {
      proceed();
      return { status: 200, body: {} };
    }),
  },
  {
    name: "deleted-user-still-read",
    title: "A read of a deleted user shows the row that is marked as deleted.",
    layer: "app",
    target: ["RFC7644-3.6-02.get"],
    also: [],
    make: hauntedAt(readUser, asShown),
  },
  {
    name: "deleted-user-still-replaced",
    title: "A replace of a deleted user is answered 200.",
    layer: "app",
    target: ["RFC7644-3.6-02.put"],
    also: [],
    make: hauntedAt(putUser, asShown),
  },
  {
    name: "deleted-user-still-patched",
    title: "A PATCH of a deleted user is answered 200.",
    layer: "app",
    target: ["RFC7644-3.6-02.patch"],
    also: [],
    make: hauntedAt(patchUser, asShown),
  },
  {
    name: "second-delete-answers-204",
    title: "A delete of a user who was deleted before is answered 204 again.",
    layer: "app",
    target: ["RFC7644-3.6-02.delete"],
    also: [],
    make: spoilingEach(() => {
      const gone = new Set<string>();
      return [
        {
          at: deleteUser,
          spoil: ({ resource, request }, proceed) => {
            const id = request.segments[1] ?? "";
            if (resource === undefined && gone.has(id)) return { status: 204 };
            gone.add(id);
            return proceed();
          },
        },
      ];
    }),
  },
  {
    name: "deleted-user-still-found",
    title: "A search by userName finds deleted users.",
    layer: "app",
    target: ["RFC7644-3.6-03.filtered"],
    also: [],
    make: spoilingEach(() => {
      const ghosts: JsonObject[] = [];
      return [
        {
          at: deleteUser,
          spoil: ({ context, resource }, proceed) => {
            if (resource !== undefined) ghosts.push(context.operations.render(context, resource, {}));
            return proceed();
          },
        },
        {
          at: listUsers,
          spoil: ({ request }, proceed) => {
            const reply = proceed();
            const filter = request.query.get("filter") ?? "";
            const found = ghosts.filter(({ userName }) => filter === `userName eq "${String(userName)}"`);
            if (found.length === 0 || listedIn(reply).length > 0) return reply;
            return showing(reply, {
              totalResults: found.length,
              itemsPerPage: found.length,
              Resources: found,
            });
          },
        },
      ];
    }),
  },
  {
    name: "delete-of-unknown-user-answers-204",
    title: "A delete of an id that nobody has is answered 204.",
    layer: "app",
    target: ["RFC7644-3.6-04.not-found"],
    also: because("a user who was deleted is unknown as well", "RFC7644-3.6-02.delete"),
    make: spoiling(deleteUser, ({ resource }, proceed) =>
      resource === undefined ? { status: 204 } : proceed(),
    ),
  },
  {
    name: "delete-of-unknown-user-without-error",
    title: "The 404 for a delete of an unknown id has no body.",
    layer: "app",
    target: ["RFC7644-3.6-04.error"],
    also: [],
    make: spoiling(deleteUser, ({ resource }, proceed) =>
      resource === undefined ? { status: 404 } : proceed(),
    ),
  },
];
