import { isJsonObject } from "../../model/json.ts";
import { badRequest, ScimFailure } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { asIfDone, isAt, passingOver, rewriting, storing } from "./rewriting.ts";
import { changed, doesOp, itemsIn, operationsIn } from "./sent.ts";
import { patchUser, spoiling } from "./spoil.ts";

/** What servers do wrong with replace. */
export const rfcPatchReplace: readonly Defect[] = [
  {
    name: "replace-of-unset-attribute-passed-over",
    title: "A replace changes attributes that have a value, and passes over the others.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-01.unset"],
    also: [],
    make: rewriting(patchUser, (operation, { resource }) =>
      doesOp(operation, "replace") && isAt(/^title$/i)(operation) && resource?.attributes.title === undefined
        ? undefined
        : operation,
    ),
  },
  {
    name: "replace-of-nick-name-changes-given-name",
    title: "A PATCH of nickName is stored as the given name besides.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-01.others"],
    also: [],
    make: storing(patchUser, (after, before) => {
      const { nickName = "", name = null } = after;
      if (nickName === before.nickName || nickName === "" || !isJsonObject(name)) return undefined;
      return { ...after, name: { ...name, givenName: nickName } };
    }),
  },
  {
    name: "replace-with-null-passed-over",
    title: "A replace with null is taken for one without a value, and passed over.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-01.null-clears"],
    also: [],
    make: passingOver(patchUser, (operation) => doesOp(operation, "replace") && operation.value === null),
  },
  {
    name: "replace-of-name-passed-over",
    title: "A replace whose value is an object is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-02.named"],
    also: [],
    make: passingOver(patchUser, isAt(/^name$/i)),
  },
  {
    name: "replace-of-name-clears-other-parts",
    title: "A replace of a name clears the parts that it does not mention.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-02.others"],
    also: [],
    make: storing(patchUser, (after, _before, { body }) => {
      const value = operationsIn(body).find(isAt(/^name$/i))?.value ?? null;
      return isJsonObject(value) ? { ...after, name: value } : undefined;
    }),
  },
  {
    name: "replace-of-addresses-appends",
    title: "A replace of all addresses appends the new ones.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-03.exactly"],
    also: because("the old address is there beside the changed one", "RFC7644-3.5.2-03.seen-by-later"),
    make: rewriting(patchUser, (operation) =>
      doesOp(operation, "replace") && isAt(/^emails$/i)(operation)
        ? changed(operation, { op: "add" })
        : operation,
    ),
  },
  {
    name: "path-into-attribute-passed-over",
    title: "A replace whose path leads into an attribute is answered, and changes nothing.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-01.with-value"],
    also: because("what has nothing to do is answered before its schemas are read", "RFC7644-3.5.2-05.urn"),
    make: passingOver(
      patchUser,
      (operation) => doesOp(operation, "replace") && isAt(/(?:^|:)name\.\w+$/i)(operation),
    ),
  },
  {
    name: "filtered-replace-passed-over",
    title: "A replace of an address's value through a filter is answered as if it had been carried out.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-04.matching"],
    also: [
      ...because("a later operation does the same", "RFC7644-3.5.2-03.seen-by-later"),
      ...because("one that matches nothing is passed over, too", "RFC7644-3.5.2.3-05.refused"),
    ],
    make: passingOver(patchUser, isAt(/^emails\[.*\]\.value$/i)),
  },
  {
    name: "filtered-replace-changes-all",
    title: "A replace through a filter gives its value to every address.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-04.others"],
    also: [],
    make: storing(patchUser, (after, _before, { body }) => {
      const value = operationsIn(body).find(isAt(/^emails\[.*\]\.value$/i))?.value;
      if (value === undefined) return undefined;
      const emails = itemsIn(after.emails).map((email) =>
        isJsonObject(email) ? { ...email, value } : email,
      );
      return { ...after, emails };
    }),
  },
  {
    name: "replace-without-match-passed-over",
    title: "A replace through a filter that matches nothing is answered with a success.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-05.refused"],
    also: [],
    make: spoiling(patchUser, (call, proceed) => {
      try {
        return proceed();
      } catch (failure) {
        const isMeant = failure instanceof ScimFailure && failure.scimType === "noTarget";
        if (isMeant && operationsIn(call.body).some(isAt(/\[/))) return asIfDone(call);
        throw failure;
      }
    }),
  },
  {
    name: "replace-without-match-called-invalid-value",
    title: "A replace through a filter that matches nothing is refused as invalidValue.",
    layer: "app",
    target: ["RFC7644-3.5.2.3-05.word"],
    also: [],
    make: spoiling(patchUser, ({ body }, proceed) => {
      try {
        return proceed();
      } catch (failure) {
        const isMeant = failure instanceof ScimFailure && failure.scimType === "noTarget";
        if (isMeant && operationsIn(body).some(isAt(/\[/))) throw badRequest("invalidValue", failure.message);
        throw failure;
      }
    }),
  },
];
