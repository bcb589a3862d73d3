import { isJsonObject, type Json } from "../../model/json.ts";
import { badRequest, ScimFailure } from "../errors.ts";
import { userType } from "../schemas.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { shownNow } from "./rewriting.ts";
import { changed, sending, showing } from "./sent.ts";
import { putGroup, putUser, readUser, restore, spoiling, spoilingEach, spoilingWithMemory } from "./spoil.ts";

const createdIn = ({ meta = null }: { readonly meta?: Json }) =>
  isJsonObject(meta) ? meta.created : undefined;

/** What servers do wrong when a resource is replaced, beyond what Okta would notice. */
export const rfcReplacing: readonly Defect[] = [
  {
    name: "put-echoes-nick-name",
    title: "The answer to a replace shows a nickName that is never stored.",
    layer: "app",
    target: ["RFC7644-3.5.1-01.stored"],
    also: [],
    make: spoiling(putUser, (call, proceed) => {
      const reply = proceed();
      const after = call.resource?.attributes;
      if (after?.nickName !== undefined) {
        const { nickName: _lost, ...kept } = after;
        restore(call, kept);
      }
      return reply;
    }),
  },
  {
    name: "put-refuses-other-creation-date",
    title: "A replace whose meta.created is not that of the user is refused.",
    layer: "app",
    target: ["RFC7644-3.5.1-02.accepted"],
    also: [],
    make: spoiling(putUser, ({ resource, body }, proceed) => {
      const created = createdIn(body);
      if (
        resource !== undefined &&
        created !== undefined &&
        Date.parse(String(created)) !== resource.created
      ) {
        throw badRequest("mutability", "meta.created is read-only.");
      }
      return proceed();
    }),
  },
  {
    name: "put-takes-creation-date",
    title: "A replace takes over the meta.created that it carries.",
    layer: "app",
    target: ["RFC7644-3.5.1-02.meta-kept"],
    also: [],
    make: spoilingEach(() => {
      const taken = new Map<string, Json>();
      return [
        {
          at: putUser,
          spoil: ({ resource, body }, proceed) => {
            const created = createdIn(body);
            if (resource !== undefined && created !== undefined) taken.set(resource.id, created);
            return proceed();
          },
        },
        {
          at: readUser,
          spoil: ({ resource }, proceed) => {
            const reply = proceed();
            const created = taken.get(resource?.id ?? "");
            const meta = reply.body?.meta ?? null;
            return created === undefined || !isJsonObject(meta)
              ? reply
              : showing(reply, { meta: { ...meta, created } });
          },
        },
      ];
    }),
  },
  {
    name: "put-writes-to-id-in-body",
    title: "A replace is applied to the user whose id the body has, not to that of the address.",
    layer: "app",
    target: ["RFC7644-3.5.1-02.id-kept"],
    also: [],
    make: spoiling(putUser, ({ context, resource, request, body }, proceed) => {
      const other = context.store.get(userType, String(body.id));
      if (resource === undefined || other === undefined || other === resource) return proceed();
      const unnamed = changed(body, { userName: other.attributes.userName });
      return context.operations.replace(context, userType, other.id, sending(request, unnamed));
    }),
  },
  {
    name: "put-without-user-name-keeps-it",
    title: "A replace without userName is accepted, and the userName stays.",
    layer: "app",
    target: ["RFC7644-3.5.1-04.user"],
    also: [],
    make: spoiling(putUser, ({ resource, request, body }, proceed) =>
      resource !== undefined && body.userName === undefined
        ? proceed(sending(request, changed(body, { userName: resource.attributes.userName })))
        : proceed(),
    ),
  },
  {
    name: "put-without-user-name-takes-it-away",
    title: "Whoever is replaced without userName is called by the id from then on.",
    layer: "app",
    target: ["RFC7644-3.5.1-04.user-kept"],
    also: because("it is accepted", "RFC7644-3.5.1-04.user"),
    make: spoiling(putUser, ({ resource, request, body }, proceed) =>
      resource !== undefined && body.userName === undefined
        ? proceed(sending(request, changed(body, { userName: resource.id })))
        : proceed(),
    ),
  },
  {
    name: "put-without-display-name-keeps-it",
    title: "A replace of a group without displayName is accepted, and the displayName stays.",
    layer: "app",
    target: ["RFC7644-3.5.1-04.group"],
    also: [],
    make: spoiling(putGroup, ({ resource, request, body }, proceed) =>
      resource !== undefined && body.displayName === undefined
        ? proceed(sending(request, changed(body, { displayName: resource.attributes.displayName })))
        : proceed(),
    ),
  },
  {
    name: "put-without-display-name-takes-it-away",
    title: "A group that is replaced without displayName is called by its id from then on.",
    layer: "app",
    target: ["RFC7644-3.5.1-04.group-kept"],
    also: because("it is accepted", "RFC7644-3.5.1-04.group"),
    make: spoiling(putGroup, ({ resource, request, body }, proceed) =>
      resource !== undefined && body.displayName === undefined
        ? proceed(sending(request, changed(body, { displayName: resource.id })))
        : proceed(),
    ),
  },
  {
    name: "put-sent-again-refused",
    title: "A replace that says the same as the one before is refused as a duplicate.",
    layer: "app",
    target: ["RFC7644-3.5.1-05.answer"],
    also: because("the second media type carries the same replace", "RFC7644-3.8-03.put"),
    make: spoilingWithMemory(putUser, () => {
      const last = new Map<string, string>();
      return ({ resource, request }, proceed) => {
        const id = resource?.id ?? "";
        if (last.get(id) === request.body) throw new ScimFailure(409, "This request was sent already.");
        last.set(id, request.body);
        return proceed();
      };
    }),
  },
  {
    name: "left-out-title-cleared-by-second-put",
    title: "A title that a replace leaves out is kept until it is left out once more.",
    layer: "app",
    target: ["RFC7644-3.5.1-05.state"],
    also: [],
    make: spoilingWithMemory(putUser, () => {
      const spared = new Set<string>();
      return (call, proceed) => {
        const { title } = call.resource?.attributes ?? {};
        const reply = proceed();
        const after = call.resource?.attributes;
        if (title === undefined || after === undefined || call.body.title !== undefined) return reply;
        if (spared.delete(call.resource?.id ?? "")) return reply;
        spared.add(call.resource?.id ?? "");
        restore(call, { ...after, title });
        return { ...reply, body: shownNow(call) };
      };
    }),
  },
  {
    name: "put-of-unknown-user-answers-204",
    title: "A replace of a user that nobody has updates no row, and is answered 204.",
    layer: "app",
    target: ["RFC7644-3.5.1-06.not-found"],
    also: because("these ids are unknown as well", "RFC7644-3.6-02.put"),
    make: spoiling(putUser, ({ resource }, proceed) =>
      resource === undefined ? { status: 204 } : proceed(),
    ),
  },
  {
    name: "put-to-taken-user-name-passed-over",
    title: "A replace with a userName that is taken changes nothing, and is answered with a success.",
    layer: "app",
    target: ["RFC7644-3.5.1-07.conflict"],
    also: [],
    make: spoiling(putUser, (call, proceed) => {
      try {
        return proceed();
      } catch (failure) {
        if (!(failure instanceof ScimFailure) || failure.scimType !== "uniqueness") throw failure;
        return { status: 200, body: shownNow(call) };
      }
    }),
  },
  {
    name: "put-to-taken-user-name-without-word",
    title: "A replace with a userName that is taken is refused with 409, without a scimType.",
    layer: "app",
    target: ["RFC7644-3.5.1-07.word"],
    also: [],
    make: spoiling(putUser, (_call, proceed) => {
      try {
        return proceed();
      } catch (failure) {
        if (!(failure instanceof ScimFailure) || failure.scimType !== "uniqueness") throw failure;
        throw new ScimFailure(409, failure.message);
      }
    }),
  },
  {
    name: "put-leaves-last-modified",
    title: "A replace leaves meta.lastModified as it was.",
    layer: "app",
    target: ["RFC7644-3.5.1-08.last-modified"],
    also: [],
    make: spoiling(putUser, ({ resource }, proceed) => {
      const before = resource?.lastModified;
      const reply = proceed();
      if (resource !== undefined && before !== undefined) resource.lastModified = before;
      return reply;
    }),
  },
  {
    name: "put-leaves-version",
    title: "A replace leaves meta.version as it was.",
    layer: "app",
    target: ["RFC7644-3.5.1-08.version", "RFC7644-3.14-04.changes"],
    also: because(
      "the old version counts as the present one",
      "RFC7644-3.14-02.other",
      "RFC7644-3.14-03.stale",
      "RFC7644-3.14-03.stale-delete",
    ),
    make: spoiling(putUser, ({ resource }, proceed) => {
      const before = resource?.version;
      const reply = proceed();
      if (resource !== undefined && before !== undefined) resource.version = before;
      return reply;
    }),
  },
  {
    name: "overlapping-puts-mixed",
    title:
      "Replaces that overlap are written attribute by attribute: one's name stays beside the other's address.",
    layer: "app",
    target: ["RFC7644-3.5.1-09.whole"],
    also: [],
    make: ({ clock, ...tools }) =>
      spoilingWithMemory(putUser, () => {
        const latest = new Map<string, { readonly at: number; readonly name: Json }>();
        return (call, proceed) => {
          const reply = proceed();
          const after = call.resource?.attributes;
          if (call.resource === undefined || after?.name === undefined) return reply;
          const { id } = call.resource;
          const other = latest.get(id);
          latest.set(id, { at: clock.now(), name: after.name });
          if (other?.at === clock.now()) restore(call, { ...after, name: other.name });
          return reply;
        };
      })({ clock, ...tools }),
  },
];
