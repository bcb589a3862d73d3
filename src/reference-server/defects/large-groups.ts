import type { JsonObject } from "../../model/json.ts";
import { ScimFailure } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import {
  itemsIn,
  jsonOf,
  onlyAddsMembers,
  onlyRemovesMembers,
  operationsIn,
  sending,
  withOperations,
} from "./sent.ts";
import { patchGroup, putGroup, setMembers, spoiling } from "./spoil.ts";

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
    also: [
      ...because(
        "The refused batch left the group empty.",
        "OKTA-LARGE-01.all-members",
        "OKTA-LARGE-02.all-members",
        "OKTA-LARGE-03.all-members",
      ),
      ...because(
        "Larger batches are refused, too.",
        "OKTA-LARGE-02.accepted",
        "OKTA-LARGE-03.accepted",
        "OKTA-LARGE-09.all-accepted",
      ),
    ],
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
    also: [
      ...because(
        "An answer that takes more than a minute never arrives.",
        "OKTA-LARGE-01.accepted",
        "OKTA-LARGE-02.accepted",
        "OKTA-LARGE-03.accepted",
      ),
      ...because(
        "The push ends with the batch that got no answer.",
        "OKTA-LARGE-01.all-members",
        "OKTA-LARGE-02.all-members",
        "OKTA-LARGE-03.all-members",
      ),
      ...because("Larger batches take longer still.", "OKTA-LARGE-02.in-time", "OKTA-LARGE-03.in-time"),
    ],
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
    also: [
      ...because(
        "Larger groups are cut at the same place.",
        "OKTA-LARGE-02.all-members",
        "OKTA-LARGE-03.all-members",
        "OKTA-LARGE-06.grown",
        "OKTA-LARGE-07.found-by-name",
        "OKTA-LARGE-07.whole-or-none",
        "OKTA-LARGE-09.union",
      ),
    ],
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
    also: [
      ...because("Longer lists are refused, too.", "OKTA-LARGE-04.longer-lists"),
      ...because("The refused batch removed nobody.", "OKTA-LARGE-04.removed"),
    ],
    make: () => ({ maxOperationsPerPatch: 50 }),
  },
  {
    name: "a-second-per-leaver",
    title: "Each remove operation reads and writes the whole group, which takes nearly a second.",
    layer: "app",
    target: ["OKTA-LARGE-04.in-time"],
    also: [
      ...because("An answer that takes more than a minute never arrives.", "OKTA-LARGE-04.hundred"),
      ...because("Longer lists take longer still.", "OKTA-LARGE-04.longer-lists"),
      ...because("The push ends with the batch that got no answer.", "OKTA-LARGE-04.removed"),
    ],
    make: () => ({
      latency: ({ method, body }) => (method === "PATCH" ? 1 + 700 * leavers(jsonOf({ body })) : 1),
    }),
  },
  {
    name: "operations-after-50-dropped",
    title: "Of the operations of a PATCH the first 50 are applied, and the answer is a success.",
    layer: "app",
    target: ["OKTA-LARGE-04.removed"],
    also: [...because("Longer lists are cut at the same place.", "OKTA-LARGE-04.longer-lists")],
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
    also: [
      ...because(
        "The refused replace left the group as it was.",
        "OKTA-LARGE-05.one-less",
        "OKTA-LARGE-05.stored",
      ),
    ],
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
    also: [
      ...because("The replace without one of the members is cut, too.", "OKTA-LARGE-05.one-less"),
      ...because(
        "The read shows the part that was stored.",
        "OKTA-LARGE-07.found-by-name",
        "OKTA-LARGE-07.whole-or-none",
      ),
    ],
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
    also: [
      ...because(
        "The last batch is an add of one person.",
        "OKTA-LARGE-01.all-members",
        "OKTA-LARGE-03.all-members",
      ),
      ...because(
        "The read shows what the last batch left.",
        "OKTA-LARGE-07.found-by-name",
        "OKTA-LARGE-07.whole-or-none",
      ),
    ],
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
