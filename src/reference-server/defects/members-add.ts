import { badRequest, ScimFailure } from "../errors.ts";
import { userType } from "../schemas.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, doesOp, isOnMembers, itemsIn, onlyAddsMembers, operationsIn, sending, withOperations } from "./sent.ts";
import { patchGroup, putGroup, setMembers, spoiling, spoilingWithMemory } from "./spoil.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

const addsIn = (body: JsonObject) =>
  operationsIn(body).filter((operation) => isOnMembers(operation) && doesOp(operation, "add"));

const idsOf = (members: Json | undefined) =>
  itemsIn(members).flatMap((member) => (isJsonObject(member) ? String(member.value) : []));

/** What servers do wrong when people join a group. */
export const membersAdd: readonly Defect[] = [
  {
    name: "several-joiners-answered-207",
    title: "An add of several members is carried out and answered 207, with a status for each.",
    layer: "app",
    target: ["OKTA-MEMBER-01.answer"],
    also: [],
    make: spoiling(patchGroup, ({ body }, proceed) => {
      const reply = proceed();
      const joiners = onlyAddsMembers(body) ? addsIn(body).flatMap(({ value }) => idsOf(value)) : [];
      return joiners.length > 1 ? { status: 207, body: { status: joiners.map(() => 200) } } : reply;
    }),
  },
  {
    name: "only-first-joiner-added",
    title: "Of the members in one add only the first is stored.",
    layer: "app",
    target: [
      "OKTA-MEMBER-01.added",
      "OKTA-MEMBER-04.stored",
      "OKTA-MEMBER-10.visible",
      "OKTA-GROUP-RENAME-02.then-members",
    ],
    also: [],
    make: spoiling(patchGroup, ({ request, body }, proceed) => {
      const operations = operationsIn(body).map((operation) =>
        isOnMembers(operation) && doesOp(operation, "add")
          ? changed(operation, { value: itemsIn(operation.value).slice(0, 1) })
          : operation,
      );
      return proceed(sending(request, withOperations(body, operations)));
    }),
  },
  {
    name: "add-replaces-members",
    title: "An add of members throws out everybody who was in the group before.",
    layer: "app",
    target: ["OKTA-MEMBER-01.others-kept"],
    also: [],
    make: spoiling(patchGroup, ({ request, body }, proceed) => {
      const operations = operationsIn(body).map((operation) =>
        isOnMembers(operation) && doesOp(operation, "add")
          ? changed(operation, { op: "replace" })
          : operation,
      );
      return proceed(sending(request, withOperations(body, operations)));
    }),
  },
  {
    name: "member-type-required",
    title: "A member without a type is refused.",
    layer: "app",
    source: "https://github.com/Captain-P-Goldfish/SCIM-SDK/issues/419",
    target: ["OKTA-MEMBER-04.accepted"],
    also: [],
    make: spoiling([patchGroup, putGroup], ({ body }, proceed) => {
      const sent = [...addsIn(body).flatMap(({ value }) => itemsIn(value)), ...itemsIn(body.members)];
      if (sent.some((member) => isJsonObject(member) && member.type === undefined)) {
        throw badRequest("invalidValue", "A member needs a type.");
      }
      return proceed();
    }),
  },
  {
    name: "put-skips-members-without-type",
    title: "A replace of a group answers 200 and stores only those members that come with a type.",
    layer: "app",
    source: "https://github.com/simpleidserver/SimpleIdServer/issues/247",
    target: ["OKTA-MEMBER-04.stored"],
    also: [],
    make: spoiling(putGroup, ({ request, body }, proceed) => {
      const typed = itemsIn(body.members).filter(
        (member) => isJsonObject(member) && member.type !== undefined,
      );
      return proceed(sending(request, changed(body, { members: typed })));
    }),
  },
  {
    name: "group-patch-answers-ok-object",
    title: 'A PATCH of members is answered 200 with {"ok": true} in place of the group.',
    layer: "app",
    target: ["OKTA-MEMBER-10.answer"],
    also: [],
    make: spoiling(patchGroup, ({ body }, proceed) => {
      const reply = proceed();
      return onlyAddsMembers(body) ? { status: 200, body: { ok: true } } : reply;
    }),
  },
  {
    name: "unknown-member-sinks-batch",
    title: "An add with one unknown user among others is answered 204, and nobody is added.",
    layer: "app",
    source: "https://github.com/fleetdm/fleet/issues/52600",
    target: ["OKTA-MEMBER-12.stated-or-applied"],
    also: [],
    make: spoiling(patchGroup, ({ context, body }, proceed) => {
      const ids = addsIn(body).flatMap(({ value }) => idsOf(value));
      return ids.every((id) => context.store.get(userType, id) !== undefined) ? proceed() : { status: 204 };
    }),
  },
  {
    name: "unknown-member-is-500",
    title: "An add of an unknown user breaks a foreign key and is answered 500.",
    layer: "app",
    source: "https://github.com/fleetdm/fleet/issues/52600",
    target: ["OKTA-MEMBER-12.no-server-error"],
    also: [],
    make: spoiling(patchGroup, ({ context, body }, proceed) => {
      const ids = addsIn(body).flatMap(({ value }) => idsOf(value));
      if (ids.every((id) => context.store.get(userType, id) !== undefined)) return proceed();
      throw new ScimFailure(500, "foreign key constraint fails");
    }),
  },
  {
    name: "present-member-is-500",
    title: "An add of somebody who is a member already breaks a unique key and is answered 500.",
    layer: "app",
    source: "https://github.com/ory/polis/pull/4080",
    target: ["OKTA-MEMBER-13.answer"],
    also: [],
    make: spoiling(patchGroup, ({ resource, body }, proceed) => {
      const ids = addsIn(body).flatMap(({ value }) => idsOf(value));
      if (ids.some((id) => resource?.members.has(id))) throw new ScimFailure(500, "duplicate key");
      return proceed();
    }),
  },
  {
    name: "lost-update-on-overlap",
    title: "Of adds that travel at the same time each writes back the list it had read: the last one wins.",
    layer: "app",
    source: "https://github.com/fleetdm/fleet/issues/50724",
    target: ["OKTA-MEMBER-14.overlap"],
    also: [],
    make: ({ clock, ...tools }) =>
      spoilingWithMemory(patchGroup, () => {
        const copies = new Map<string, { readonly at: number; readonly members: readonly string[] }>();
        return ({ context, resource, body }, proceed) => {
          if (resource === undefined || !onlyAddsMembers(body)) return proceed();
          const now = clock.now();
          const known = copies.get(resource.id);
          const copy = known?.at === now ? known.members : [...resource.members];
          copies.set(resource.id, { at: now, members: copy });
          const reply = proceed();
          setMembers(context, resource, [...copy, ...addsIn(body).flatMap(({ value }) => idsOf(value))]);
          return reply;
        };
      })({ clock, ...tools }),
  },
];
