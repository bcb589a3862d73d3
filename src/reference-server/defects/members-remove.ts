import type { JsonObject } from "../../model/json.ts";
import { badRequest, notFound } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { doesOp, isOnMembers, onlyRemovesMembers, operationsIn, sending, withOperations } from "./sent.ts";
import { patchGroup, setMembers, spoiling } from "./spoil.ts";

const isFilteredRemove = (operation: JsonObject) =>
  isOnMembers(operation) && doesOp(operation, "remove") && String(operation.path).includes("[");

/** The id in `members[value eq "…"]`. */
const idIn = ({ path }: JsonObject) => /"(.*)"/.exec(String(path))?.[1] ?? "";

/** What servers do wrong when people leave a group. */
export const membersRemove: readonly Defect[] = [
  {
    name: "filtered-remove-answers-202",
    title: "A remove of members by filter is carried out and answered 202.",
    layer: "app",
    target: ["OKTA-MEMBER-02.answer"],
    also: [
      ...because(
        "Batches of leavers get the same answer.",
        "OKTA-LARGE-04.hundred",
        "OKTA-LARGE-04.longer-lists",
      ),
    ],
    make: spoiling(patchGroup, ({ body }, proceed) => {
      const reply = proceed();
      return onlyRemovesMembers(body) ? { status: 202 } : reply;
    }),
  },
  {
    name: "filtered-remove-does-nothing",
    title: "A remove of members by filter is answered with success, and nobody leaves.",
    layer: "app",
    source: "https://github.com/goauthentik/authentik/issues/24173",
    target: ["OKTA-MEMBER-02.removed"],
    also: [
      ...because(
        "The removes of a batch do nothing either.",
        "OKTA-LARGE-04.longer-lists",
        "OKTA-LARGE-04.removed",
      ),
      ...because("The removes in a mixed request do nothing either.", "OKTA-MEMBER-03.all-applied"),
    ],
    make: spoiling(patchGroup, ({ request, body }, proceed) => {
      const others = operationsIn(body).filter((operation) => !isFilteredRemove(operation));
      if (others.length === 0) return { status: 204 };
      return proceed(sending(request, withOperations(body, others)));
    }),
  },
  {
    name: "filtered-remove-empties-group",
    title: "A remove of one member by filter removes all of them.",
    layer: "app",
    source: "https://github.com/simpleidserver/SimpleIdServer/issues/696",
    target: ["OKTA-MEMBER-02.others-kept"],
    also: [...because("The remove in a mixed request empties the group, too.", "OKTA-MEMBER-03.all-applied")],
    make: spoiling(patchGroup, ({ request, body }, proceed) => {
      const operations = operationsIn(body).map((operation) =>
        isFilteredRemove(operation) ? { op: "remove", path: "members" } : operation,
      );
      return proceed(sending(request, withOperations(body, operations)));
    }),
  },
  {
    name: "mixed-patch-refused",
    title: "A PATCH that both adds and removes members is refused.",
    layer: "app",
    target: ["OKTA-MEMBER-03.answer"],
    also: [
      ...because(
        "The refused request changed nothing.",
        "OKTA-MEMBER-03.all-applied",
        "OKTA-MEMBER-11.rest-applied",
      ),
      ...because("This request removes a stranger and adds somebody.", "OKTA-MEMBER-11.answer"),
    ],
    make: spoiling(patchGroup, ({ body }, proceed) => {
      const kinds = new Set(operationsIn(body).map(({ op }) => op));
      if (kinds.size > 1) throw badRequest("invalidSyntax", "One kind of operation at a time.");
      return proceed();
    }),
  },
  {
    name: "only-first-operation-applied",
    title: "Of the operations of a PATCH only the first is applied, and the answer is a success.",
    layer: "app",
    target: ["OKTA-MEMBER-03.all-applied"],
    also: [
      ...because(
        "Each batch of leavers is a list of operations.",
        "OKTA-LARGE-04.longer-lists",
        "OKTA-LARGE-04.removed",
      ),
      ...because("The add behind the remove is dropped.", "OKTA-MEMBER-11.rest-applied"),
    ],
    make: spoiling(patchGroup, ({ request, body }, proceed) =>
      proceed(sending(request, withOperations(body, operationsIn(body).slice(0, 1)))),
    ),
  },
  {
    name: "remove-of-non-member-is-404",
    title: "A remove of somebody who is no member is answered 404, and rejects the whole batch.",
    layer: "app",
    source: "https://github.com/fleetdm/fleet/issues/52600",
    target: ["OKTA-MEMBER-11.answer"],
    also: [...because("The refused request changed nothing.", "OKTA-MEMBER-11.rest-applied")],
    make: spoiling(patchGroup, ({ resource, body }, proceed) => {
      const removes = operationsIn(body).filter(isFilteredRemove);
      if (removes.some((operation) => resource?.members.has(idIn(operation)) === false)) {
        throw notFound("There is no such member.");
      }
      return proceed();
    }),
  },
  {
    name: "remove-of-non-member-ends-batch",
    title: "A remove of somebody who is no member ends the batch: what follows is dropped, with a success.",
    layer: "app",
    target: ["OKTA-MEMBER-11.rest-applied"],
    also: [],
    make: spoiling(patchGroup, ({ context, resource, body }, proceed) => {
      const before = [...(resource?.members ?? [])];
      const ends = operationsIn(body).some(
        (operation) => isFilteredRemove(operation) && !before.includes(idIn(operation)),
      );
      const reply = proceed();
      if (ends && resource !== undefined) setMembers(context, resource, before);
      return reply;
    }),
  },
];
