import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { badRequest, ScimFailure } from "../errors.ts";
import { userType } from "../schemas.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import {
  changed,
  doesOp,
  isOnMembers,
  itemsIn,
  onlyAddsMembers,
  operationsIn,
  sending,
  withOperations,
} from "./sent.ts";
import { patchGroup, putGroup, setMembers, spoiling, spoilingWithMemory } from "./spoil.ts";

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
    also: [
      ...because(
        "A batch is an add of many members.",
        "OKTA-LARGE-01.accepted",
        "OKTA-LARGE-02.accepted",
        "OKTA-LARGE-09.all-accepted",
      ),
      ...because(
        "The first push is one add of two members.",
        "OKTA-MEMBER-04.accepted",
        "OKTA-MEMBER-10.answer",
      ),
    ],
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
    also: [
      ...because(
        "A batch is an add of many members.",
        "OKTA-LARGE-01.all-members",
        "OKTA-LARGE-02.all-members",
        "OKTA-LARGE-07.found-by-name",
        "OKTA-LARGE-07.whole-or-none",
        "OKTA-LARGE-09.union",
      ),
      ...because("The add in a mixed request is cut as well.", "OKTA-MEMBER-03.all-applied"),
    ],
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
    also: [
      ...because("The add after linking throws out the old members.", "OKTA-GROUP-LINK-02.members"),
      ...because(
        "Each batch throws out the one before.",
        "OKTA-LARGE-01.all-members",
        "OKTA-LARGE-02.all-members",
        "OKTA-LARGE-06.grown",
        "OKTA-LARGE-09.union",
      ),
      ...because("The add in a mixed request throws out who was to stay.", "OKTA-MEMBER-03.all-applied"),
      ...because(
        "The last of several adds is all that is left.",
        "OKTA-MEMBER-14.overlap",
        "OKTA-MEMBER-14.quick-succession",
      ),
    ],
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
    title: "An add of a member without a type is refused.",
    layer: "app",
    source: "https://github.com/Captain-P-Goldfish/SCIM-SDK/issues/419",
    target: ["OKTA-MEMBER-04.accepted"],
    also: [
      ...because(
        "Okta sends no type with any add, so nobody can join.",
        "OKTA-GROUP-LINK-02.accepted",
        "OKTA-GROUP-LINK-02.members",
        "OKTA-GROUP-RENAME-02.then-members",
        "OKTA-MEMBER-01.added",
        "OKTA-MEMBER-01.answer",
        "OKTA-MEMBER-01.others-kept",
        "OKTA-MEMBER-03.all-applied",
        "OKTA-MEMBER-03.answer",
        "OKTA-MEMBER-04.stored",
        "OKTA-MEMBER-10.answer",
        "OKTA-MEMBER-10.visible",
        "OKTA-MEMBER-11.answer",
        "OKTA-MEMBER-11.rest-applied",
      ),
      ...because(
        "No batch carries a type either.",
        "OKTA-LARGE-01.accepted",
        "OKTA-LARGE-01.all-members",
        "OKTA-LARGE-02.accepted",
        "OKTA-LARGE-02.all-members",
        "OKTA-LARGE-09.all-accepted",
      ),
      ...because(
        "The refusal is about the type and names no limit; a client cannot know that there is none.",
        "OKTA-LARGE-08.names-limit",
      ),
    ],
    make: spoiling(patchGroup, ({ body }, proceed) => {
      const sent = addsIn(body).flatMap(({ value }) => itemsIn(value));
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
    also: [
      ...because(
        "No replace of a group carries types, so its members are not stored.",
        "OKTA-GROUP-LINK-02.members",
        "OKTA-GROUP-PUSH-06.members-shown",
        "OKTA-GROUP-RENAME-03.members-kept",
        "OKTA-LARGE-05.one-less",
        "OKTA-LARGE-05.stored",
        "OKTA-MEMBER-09.membership",
      ),
      ...because("The known member has no type either.", "OKTA-MEMBER-12.stated-or-applied"),
    ],
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
