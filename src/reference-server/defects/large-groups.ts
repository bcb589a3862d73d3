import { ScimFailure } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { itemsIn, jsonOf, onlyAddsMembers, onlyRemovesMembers, operationsIn, sending, withOperations } from "./sent.ts";
import { patchGroup, putGroup, setMembers, spoiling } from "./spoil.ts";
import type { JsonObject } from "../../model/json.ts";

const joiners = (body: JsonObject) =>
  onlyAddsMembers(body) ? operationsIn(body).flatMap(({ value }) => itemsIn(value)).length : 0;
const leavers = (body: JsonObject) => (onlyRemovesMembers(body) ? operationsIn(body).length : 0);

const tooMany = (limit: number) => new ScimFailure(413, `At most ${limit} at a time.`);

/** What servers do wrong with groups of hundreds. */
export const largeGroups: readonly Defect[] = [
  {
    name: "more-than-50-joiners-refused",
    title: "A PATCH that adds more than 50 members is refused with 413.",
    layer: "app",
    target: ["OKTA-LARGE-01.accepted"],
    also: [],
    make: spoiling(patchGroup, ({ body }, proceed) => {
      if (joiners(body) > 50) throw tooMany(50);
      return proceed();
    }),
  },
  {
    name: "a-second-per-joiner",
    title: "Members are looked up and inserted one by one, which takes nearly a second each.",
    layer: "app",
    source: "https://github.com/ory/polis/pull/4080",
    target: ["OKTA-LARGE-01.in-time"],
    also: [],
    make: () => ({
      latency: ({ method, body }) => (method === "PATCH" ? 1 + 700 * joiners(jsonOf({ body })) : 1),
    }),
  },
  {
    name: "members-cut-at-100",
    title: "A group holds 100 members; who comes after them is dropped with a success.",
    layer: "app",
    source: "https://github.com/FusionAuth/fusionauth-issues/issues/2784",
    target: ["OKTA-LARGE-01.all-members"],
    also: [],
    make: spoiling(patchGroup, ({ context, resource }, proceed) => {
      const reply = proceed();
      if (resource !== undefined && resource.members.size > 100) {
        setMembers(context, resource, [...resource.members].slice(0, 100));
      }
      return reply;
    }),
  },
  {
    name: "more-than-50-operations-refused",
    title: "A PATCH of more than 50 operations is refused with 413.",
    layer: "app",
    target: ["OKTA-LARGE-04.hundred"],
    also: [],
    make: () => ({ maxOperationsPerPatch: 50 }),
  },
  {
    name: "a-second-per-leaver",
    title: "Each remove operation reads and writes the whole group, which takes nearly a second.",
    layer: "app",
    target: ["OKTA-LARGE-04.in-time"],
    also: [],
    make: () => ({
      latency: ({ method, body }) => (method === "PATCH" ? 1 + 700 * leavers(jsonOf({ body })) : 1),
    }),
  },
  {
    name: "operations-after-50-dropped",
    title: "Of the operations of a PATCH the first 50 are applied, and the answer is a success.",
    layer: "app",
    target: ["OKTA-LARGE-04.removed"],
    also: [],
    make: spoiling(patchGroup, ({ request, body }, proceed) =>
      proceed(sending(request, withOperations(body, operationsIn(body).slice(0, 50)))),
    ),
  },
  {
    name: "large-put-refused",
    title: "A body of more than 16 kilobytes is refused with 413, and so is every replace of a large group.",
    layer: "app",
    source: "https://github.com/ory/polis/issues/3136",
    target: ["OKTA-LARGE-05.accepted"],
    also: [],
    make: spoiling(putGroup, ({ request }, proceed) => {
      if (request.body.length > 16_384) throw new ScimFailure(413, "Request entity too large.");
      return proceed();
    }),
  },
  {
    name: "put-group-cut-at-100",
    title: "A replace of a group stores the first 100 members, with a success.",
    layer: "app",
    target: ["OKTA-LARGE-05.stored"],
    also: [],
    make: spoiling(putGroup, ({ context, resource }, proceed) => {
      const reply = proceed();
      if (resource !== undefined) setMembers(context, resource, [...resource.members].slice(0, 100));
      return reply;
    }),
  },
  {
    name: "large-put-only-adds",
    title: "A replace of a group of more than 100 adds who is new and throws nobody out.",
    layer: "app",
    target: ["OKTA-LARGE-05.one-less"],
    also: [],
    make: spoiling(putGroup, ({ context, resource }, proceed) => {
      const before = [...(resource?.members ?? [])];
      const reply = proceed();
      if (resource !== undefined && before.length > 100) {
        setMembers(context, resource, [...before, ...resource.members]);
      }
      return reply;
    }),
  },
  {
    name: "single-joiner-rebuilds-from-first-page",
    title: "An add of one person rebuilds the group from the first page of its members.",
    layer: "app",
    source: "https://github.com/FusionAuth/fusionauth-issues/issues/2784",
    target: ["OKTA-LARGE-06.grown"],
    also: [],
    make: spoiling(patchGroup, ({ context, resource, body }, proceed) => {
      const before = new Set([...(resource?.members ?? [])].slice(0, 100));
      const old = new Set(resource?.members);
      const reply = proceed();
      if (resource !== undefined && joiners(body) === 1) {
        const kept = [...resource.members].filter((id) => before.has(id) || !old.has(id));
        setMembers(context, resource, kept);
      }
      return reply;
    }),
  },
];
