import type { ObservableOf } from "../../model/observable.ts";
import { resolveAttribute } from "../attribute-path.ts";
import type { Draft } from "../draft.ts";
import { ScimFailure } from "../errors.ts";
import type { Store } from "../store.ts";
import { firstOf, isOf, type Playing } from "./kind.ts";
import { knowingTheMethod } from "./method-under-way.ts";
import { valueAtPath } from "./value-path.ts";

type Unique = ObservableOf<"unique">;

/** Refuses second ones of a name as documented; a contrary fact takes them. */
export const unique: Playing<"unique"> =
  (facts) =>
  ({ operations }) => ({
    replace: knowingTheMethod(operations, (method) => ({
      requireUnique: (store, draft) => {
        const here = facts.filter(({ resource, on }) => isOf(draft.type, resource) && on === method());
        for (const fact of here) refuseSecond(store, draft, fact, here);
        // What is documented of the attribute that the sound server keeps unique takes the place of its rule.
        const kept = draft.type.name === "User" ? "userName" : "displayName";
        if (!here.some(({ attribute }) => attribute === kept)) operations.requireUnique(store, draft);
      },
    })),
  });

function refuseSecond(
  store: Store,
  draft: Draft,
  { attribute, case: letterCase, holder, answer, contrary }: Unique,
  all: readonly Unique[],
): void {
  if (contrary === true) return;
  const place = resolveAttribute(draft.type, attribute);
  if (place === undefined) return;
  for (const value of valueAtPath(draft.attributes, attribute)) {
    if (typeof value !== "string") continue;
    // Where deactivated holders have a fact of their own, the other one is about those who are active.
    const isSplit = all.some((one) => one.attribute === attribute && one.holder !== undefined);
    const holders = (store.findEqual(draft.type, place, value) ?? []).filter(
      (one) =>
        one !== draft.stored && (!isSplit || (holder === "inactive") === (one.attributes.active === false)),
    );
    const same = holders.filter(
      (one) => letterCase !== "exact" || valueAtPath(one.attributes, attribute).includes(value),
    );
    if (same.length > 0) {
      const status = answer.includes("refused") ? 409 : firstOf(answer);
      throw new ScimFailure(status, `${attribute} is taken.`, status === 409 ? "uniqueness" : undefined);
    }
  }
}
