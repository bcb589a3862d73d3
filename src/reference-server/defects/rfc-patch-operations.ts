import type { JsonObject } from "../../model/json.ts";
import { badRequest } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { isAt, passingOver, rewriting, storing } from "./rewriting.ts";
import { changed, doesOp, itemsIn, operationsIn } from "./sent.ts";
import { patchGroup, patchUser, spoiling } from "./spoil.ts";

const adds = (operation: JsonObject) => doesOp(operation, "add");
const removes = (operation: JsonObject) => doesOp(operation, "remove");

/** What servers do wrong with add and remove. */
export const rfcPatchOperations: readonly Defect[] = [
  {
    name: "add-of-unset-attribute-passed-over",
    title: "An add updates attributes that have a value, and passes over the others.",
    layer: "app",
    target: ["RFC7644-3.5.2.1-01.single"],
    also: [],
    make: rewriting(patchUser, (operation, { resource }) =>
      adds(operation) && isAt(/^title$/i)(operation) && resource?.attributes.title === undefined
        ? undefined
        : operation,
    ),
  },
  {
    name: "add-of-part-replaces-whole",
    title: "An add of a part of the name makes it the whole name.",
    layer: "app",
    target: ["RFC7644-3.5.2.1-01.part"],
    also: [],
    make: storing(patchUser, (after, _before, { body }) => {
      const added = operationsIn(body).find((one) => adds(one) && isAt(/^name\./i)(one));
      const part = String(added?.path).replace(/^name\./i, "");
      return added?.value === undefined ? undefined : { ...after, name: { [part]: added.value } };
    }),
  },
  {
    name: "add-replaces-addresses",
    title: "An add of an address throws out those that the user has.",
    layer: "app",
    target: ["RFC7644-3.5.2.1-02.kept"],
    also: because("it is appended neither with a path nor without one", "RFC7644-3.5.2.1-03.kept"),
    make: rewriting(patchUser, (operation) =>
      adds(operation) && isAt(/^emails$/i)(operation) ? changed(operation, { op: "replace" }) : operation,
    ),
  },
  {
    name: "add-without-path-passed-over",
    title: "An add without a path is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2.1-03.added"],
    also: because("the address in it is not added", "RFC7644-3.5.2.1-03.kept"),
    make: passingOver(patchUser, (operation) => adds(operation) && operation.path === undefined),
  },
  {
    name: "add-without-path-replaces-addresses",
    title: "An add without a path replaces the arrays that it names.",
    layer: "app",
    target: ["RFC7644-3.5.2.1-03.kept"],
    also: [],
    make: rewriting(patchUser, (operation) =>
      adds(operation) && operation.path === undefined ? changed(operation, { op: "replace" }) : operation,
    ),
  },
  {
    name: "address-added-twice",
    title: "An add of an address that is there appends it once more.",
    layer: "app",
    target: ["RFC7644-3.5.2.1-04.once"],
    also: because("what is stored has changed", "RFC7644-3.5.2.1-04.untouched"),
    make: storing(patchUser, (after, before, { body }) => {
      const added = operationsIn(body).filter((one) => adds(one) && isAt(/^emails$/i)(one));
      const emails = [...itemsIn(before.emails), ...added.flatMap(({ value }) => itemsIn(value))];
      return added.length === 0 ? undefined : { ...after, emails };
    }),
  },
  {
    name: "add-without-effect-touches-user",
    title: "Every PATCH moves meta.lastModified, also one that changes nothing.",
    layer: "app",
    target: ["RFC7644-3.5.2.1-04.untouched"],
    also: [],
    make: ({ clock, ...tools }) =>
      spoiling(patchUser, ({ resource }, proceed) => {
        const reply = proceed();
        if (resource !== undefined) resource.lastModified = clock.now();
        return reply;
      })({ clock, ...tools }),
  },
  {
    name: "add-without-value-passed-over",
    title: "An add without a value is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2.1-05.refused"],
    also: [],
    make: passingOver(patchUser, (operation) => adds(operation) && operation.value === undefined),
  },
  {
    name: "remove-of-title-passed-over",
    title: "A remove of a single value is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2.2-01.single"],
    also: [],
    make: passingOver(patchUser, (operation) => removes(operation) && isAt(/^title$/i)(operation)),
  },
  {
    name: "filtered-remove-empties-addresses",
    title: "A remove through a filter takes away every address.",
    layer: "app",
    target: ["RFC7644-3.5.2.2-01.filtered"],
    also: [],
    make: rewriting(patchUser, (operation) =>
      removes(operation) && isAt(/^emails\[/i)(operation)
        ? changed(operation, { path: "emails" })
        : operation,
    ),
  },
  {
    name: "remove-of-array-passed-over",
    title: "A remove of an array without a filter finds no value to remove, and is answered with a success.",
    layer: "app",
    target: ["RFC7644-3.5.2.2-01.whole"],
    also: [],
    make: passingOver(patchUser, (operation) => removes(operation) && isAt(/^phoneNumbers$/i)(operation)),
  },
  {
    name: "remove-of-all-members-passed-over",
    title: "A remove of members without a filter or value removes nobody, and is answered with a success.",
    layer: "app",
    target: ["RFC7644-3.5.2.2-01.members"],
    also: [],
    make: rewriting(patchGroup, (operation, { resource }) =>
      resource !== undefined &&
      removes(operation) &&
      isAt(/^members$/i)(operation) &&
      operation.value === undefined
        ? undefined
        : operation,
    ),
  },
  {
    name: "remove-without-path-passed-over",
    title: "A remove without a path is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2.2-02.refused"],
    also: [],
    make: passingOver(patchUser, (operation) => removes(operation) && operation.path === undefined),
  },
  {
    name: "remove-without-path-called-invalid-syntax",
    title: "A remove without a path is refused as invalidSyntax.",
    layer: "app",
    target: ["RFC7644-3.5.2.2-02.word"],
    also: [],
    make: spoiling(patchUser, ({ body }, proceed) => {
      if (operationsIn(body).some((one) => removes(one) && one.path === undefined)) {
        throw badRequest("invalidSyntax", "A path is missing.");
      }
      return proceed();
    }),
  },
  {
    name: "remove-of-user-name-passed-over",
    title: "A remove of userName is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2.2-03.refused"],
    also: [],
    make: passingOver(patchUser, (operation) => removes(operation) && isAt(/^userName$/i)(operation)),
  },
  {
    name: "remove-of-user-name-refused-as-invalid-syntax",
    title: "A remove of userName is refused as invalidSyntax.",
    layer: "app",
    target: ["RFC7644-3.5.2.2-03.word"],
    also: [],
    make: spoiling(patchUser, ({ body }, proceed) => {
      if (operationsIn(body).some((one) => removes(one) && isAt(/^userName$/i)(one))) {
        throw badRequest("invalidSyntax", "userName is required.");
      }
      return proceed();
    }),
  },
  {
    name: "remove-of-user-name-puts-id-there",
    title: "Whoever loses the userName is called by the id from then on.",
    layer: "app",
    target: ["RFC7644-3.5.2.2-03.kept"],
    also: because("it is accepted", "RFC7644-3.5.2.2-03.refused"),
    make: rewriting(patchUser, (operation, { resource }) =>
      removes(operation) && isAt(/^userName$/i)(operation)
        ? changed(operation, { op: "replace", value: resource?.id })
        : operation,
    ),
  },
];
