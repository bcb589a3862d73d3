import { badRequest, ScimFailure } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { asIfDone, isAt, passingOver, rewriting, shownNow, storing } from "./rewriting.ts";
import { changed, operationsIn, sending, withOperations } from "./sent.ts";
import {
  type Call,
  type Proceed,
  patchGroup,
  patchUser,
  restore,
  spoiling,
  spoilingWithMemory,
} from "./spoil.ts";

const isKnown = ({ op }: { readonly op?: unknown }) => /^(add|remove|replace)$/i.test(String(op));

/** Applies what stands before the operation that nobody knows, and refuses the rest. */
function appliedToTheMistake({ request, body }: Call, proceed: Proceed) {
  const sent = operationsIn(body);
  const bad = sent.findIndex((operation) => !isKnown(operation));
  if (bad < 1) return proceed();
  proceed(sending(request, withOperations(body, sent.slice(0, bad))));
  throw badRequest("invalidSyntax", `Operation ${bad + 1} is unknown.`);
}

/** What servers do wrong with a PATCH as a whole. */
export const rfcPatchMessage: readonly Defect[] = [
  {
    name: "patch-for-attributes-answers-204",
    title: "A PATCH that asks for attributes is answered 204 like any other.",
    layer: "app",
    target: ["RFC7644-3.5.2-01.shown"],
    also: [],
    make: spoiling(patchUser, ({ request }, proceed) => {
      const reply = proceed();
      return request.query.has("attributes") ? { status: 204 } : reply;
    }),
  },
  {
    name: "patch-passes-over-bad-operation",
    title: "An operation that nobody knows is passed over, and the others are applied.",
    layer: "app",
    target: ["RFC7644-3.5.2-02.refused"],
    also: because("the good operation was applied", "RFC7644-3.5.2-02.unchanged"),
    make: spoiling(patchUser, ({ request, body }, proceed) => {
      const known = operationsIn(body).filter(isKnown);
      return known.length === 0 ? proceed() : proceed(sending(request, withOperations(body, known)));
    }),
  },
  {
    name: "user-patch-half-applied",
    title: "What stands before a bad operation of a PATCH stays applied to the user.",
    layer: "app",
    target: ["RFC7644-3.5.2-02.unchanged"],
    also: [],
    make: spoiling(patchUser, appliedToTheMistake),
  },
  {
    name: "group-patch-half-applied",
    title: "What stands before a bad operation of a PATCH stays applied to the group.",
    layer: "app",
    target: ["RFC7644-3.5.2-02.members-unchanged"],
    also: [],
    make: spoiling(patchGroup, appliedToTheMistake),
  },
  {
    name: "group-change-after-refusal-lost",
    title: "A refused PATCH leaves its transaction open, in which the group's next change is lost.",
    layer: "app",
    target: ["RFC7644-3.5.2-02.sent-again"],
    also: [],
    make: spoilingWithMemory(patchGroup, () => {
      const open = new Set<string>();
      return (call, proceed) => {
        const id = call.resource?.id ?? "";
        if (open.delete(id)) return asIfDone(call);
        try {
          return proceed();
        } catch (failure) {
          if (call.resource !== undefined) open.add(id);
          throw failure;
        }
      };
    }),
  },
  {
    name: "first-operation-on-path-wins",
    title: "Operations are kept by path: of several on the same one only the first is applied.",
    layer: "app",
    target: ["RFC7644-3.5.2-03.last-wins"],
    also: [],
    make: spoiling(patchUser, ({ request, body }, proceed) => {
      const sent = operationsIn(body);
      const first = sent.filter(({ path }, at) => at === sent.findIndex((one) => one.path === path));
      return proceed(first.length === sent.length ? request : sending(request, withOperations(body, first)));
    }),
  },
  {
    name: "later-operations-see-old-values",
    title:
      "Filters in paths are held against the values from before the PATCH; what matches none is passed over.",
    layer: "app",
    target: ["RFC7644-3.5.2-03.seen-by-later"],
    also: [],
    make: spoiling(patchUser, ({ request, body }, proceed) => {
      const sent = operationsIn(body);
      const left = sent.filter((operation, at) => at === 0 || !isAt(/\[/)(operation));
      return proceed(left.length === sent.length ? request : sending(request, withOperations(body, left)));
    }),
  },
  {
    name: "second-primary-kept",
    title: "A value is made primary, and the one that was primary before stays so.",
    layer: "app",
    target: ["RFC7644-3.5.2-04.moved"],
    also: [],
    make: storing(patchUser, (after, before, { body }) => {
      const marks = operationsIn(body).some(isAt(/\.primary$/i));
      if (!marks || !Array.isArray(after.emails)) return undefined;
      const wasPrimary = JSON.stringify(before.emails ?? []).includes('"primary":true');
      return wasPrimary
        ? { ...after, emails: after.emails.map((email) => ({ ...email, primary: true })) }
        : undefined;
    }),
  },
  {
    name: "patch-without-operations-accepted",
    title: "A PATCH without Operations is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2-05.operations"],
    also: [],
    make: spoiling(patchUser, (call, proceed) =>
      call.body.Operations === undefined && call.resource !== undefined ? asIfDone(call) : proceed(),
    ),
  },
  {
    name: "missing-op-taken-for-replace",
    title: "An operation without op is taken for a replace.",
    layer: "app",
    target: ["RFC7644-3.5.2-05.op"],
    also: [],
    make: rewriting(patchUser, (operation) =>
      operation.op === undefined ? { ...operation, op: "replace" } : operation,
    ),
  },
  {
    name: "unknown-op-accepted",
    title: "A PATCH of nothing but an unknown operation is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2-06.op"],
    also: [],
    make: spoiling(patchUser, (call, proceed) => {
      const sent = operationsIn(call.body);
      const isNothing = sent.length > 0 && sent.every((one) => one.op !== undefined && !isKnown(one));
      return isNothing ? asIfDone(call) : proceed();
    }),
  },
  {
    name: "broken-path-passed-over",
    title: "An operation whose path has an open bracket is passed over with a success.",
    layer: "app",
    target: ["RFC7644-3.5.2-06.path"],
    also: [],
    make: passingOver(patchUser, isAt(/\[[^\]]*$/)),
  },
  {
    name: "broken-path-called-invalid-syntax",
    title: "A path that cannot be parsed is refused as invalidSyntax.",
    layer: "app",
    target: ["RFC7644-3.5.2-06.word"],
    also: [],
    make: spoiling(patchUser, ({ body }, proceed) => {
      if (operationsIn(body).some(isAt(/\[[^\]]*$/))) throw badRequest("invalidSyntax", "Unexpected end.");
      return proceed();
    }),
  },
  {
    name: "unknown-attribute-dropped",
    title: "A path to an attribute that no schema has is passed over with a success.",
    layer: "app",
    target: ["RFC7644-3.5.2-07.not-dropped"],
    also: [],
    make: passingOver(patchUser, isAt(/^(?:shoeSize$|__proto__|\.\.\/)/i)),
  },
  {
    name: "patch-of-unknown-user-answers-204",
    title: "A PATCH of a user that nobody has updates no row, and is answered 204.",
    layer: "app",
    target: ["RFC7644-3.5.2-09.user"],
    also: because("who was deleted is unknown as well", "RFC7644-3.6-02.patch"),
    make: spoiling(patchUser, (call, proceed) => (call.resource === undefined ? asIfDone(call) : proceed())),
  },
  {
    name: "patch-of-unknown-group-answers-204",
    title: "A PATCH of a group that nobody has updates no row, and is answered 204.",
    layer: "app",
    target: ["RFC7644-3.5.2-09.group"],
    also: [],
    make: spoiling(patchGroup, (call, proceed) => (call.resource === undefined ? asIfDone(call) : proceed())),
  },
  {
    name: "patch-answers-from-cache",
    title: "The answer to a PATCH shows the user as it was before.",
    layer: "app",
    target: ["RFC7644-3.5.2-10.fresh"],
    also: [],
    make: spoiling(patchUser, (call, proceed) => {
      const body = shownNow(call);
      const reply = proceed();
      return reply.body === undefined ? reply : { ...reply, body };
    }),
  },
  {
    name: "patch-of-nick-name-not-stored",
    title: "The answer to a PATCH of nickName shows the new one, which is never stored.",
    layer: "app",
    target: ["RFC7644-3.5.2-10.stored", "RFC7644-3.5.2.3-01.with-value"],
    also: [],
    make: spoiling(patchUser, (call, proceed) => {
      const before = call.resource?.attributes;
      const reply = proceed();
      const isMeant = operationsIn(call.body).some(isAt(/^nickName$/i));
      if (before !== undefined && isMeant) restore(call, before);
      return reply;
    }),
  },
  {
    name: "prototype-in-path-stripped",
    title: "__proto__ is taken out of paths, and what is left of them is applied.",
    layer: "app",
    target: ["RFC7644-3.5.2-15.prototype", "RFC7644-3.5.2-15.harmless"],
    also: [],
    make: rewriting(patchUser, (operation) =>
      isAt(/^__proto__\./)(operation)
        ? changed(operation, { path: String(operation.path).replace("__proto__.", "") })
        : operation,
    ),
  },
  {
    name: "prototype-in-path-ends-in-500",
    title: "A path through __proto__ ends in an exception.",
    layer: "app",
    target: ["RFC7644-3.5.2-15.prototype"],
    also: [],
    make: spoiling(patchUser, ({ body }, proceed) => {
      if (operationsIn(body).some(isAt(/^__proto__/)))
        throw new ScimFailure(500, "Object.prototype is frozen.");
      return proceed();
    }),
  },
  {
    name: "traversal-in-path-accepted",
    title: "A path that leads out of the resource is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2-15.traversal"],
    also: [],
    make: passingOver(patchUser, isAt(/\.\.\//)),
  },
];
