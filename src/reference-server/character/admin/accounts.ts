import type { Json } from "../../../model/json.ts";
import { isJsonObject } from "../../../model/json.ts";
import { type Observable, ofKind } from "../../../model/observable.ts";
import { itemsIn, jsonOf } from "../../defects/sent.ts";
import { ScimFailure } from "../../errors.ts";
import type { Operations } from "../../operations.ts";
import type { Resource } from "../../resource.ts";
import { userType } from "../../schemas.ts";
import type { Store } from "../../store.ts";
import type { Account, Administration } from "./administration.ts";
import { followAll } from "./teams.ts";

/** What creates, updates and deletes of SCIM users do to the accounts of the installation, and to its teams. */
export function accountsOf(
  facts: readonly Observable[],
  operations: Operations,
  world: () => Administration,
): Pick<Operations, "create" | "replace" | "modify" | "remove"> {
  const linking = ofKind(facts, "link-by-email")[0];
  const after = (store: Store) => {
    for (const account of world().accounts) {
      const user = account.scimId === undefined ? undefined : store.get(userType, account.scimId);
      if (user !== undefined) account.isSuspended = user.attributes.active === false;
    }
    followAll(world(), store);
  };
  return {
    create: (context, type, request) => {
      if (type.name !== "User") {
        const reply = operations.create(context, type, request);
        after(context.store);
        return reply;
      }
      const known = accountWith(world(), emailIn(jsonOf(request).emails));
      if (known !== undefined && known.scimId === undefined && linking?.contrary === true) {
        throw new ScimFailure(409, "This address belongs to an account.", "uniqueness");
      }
      const reply = operations.create(context, type, request);
      const id = String(reply.body?.id ?? "");
      const user = context.store.get(type, id);
      if (user !== undefined) adopt(world(), user, known);
      after(context.store);
      return reply;
    },
    replace: (context, type, id, request) => {
      const reply = operations.replace(context, type, id, request);
      after(context.store);
      return reply;
    },
    modify: (context, type, id, request) => {
      const reply = operations.modify(context, type, id, request);
      after(context.store);
      return reply;
    },
    remove: (context, type, id, request) => {
      const reply = operations.remove(context, type, id, request);
      for (const account of world().accounts) {
        if (account.scimId !== id || context.store.get(userType, id) !== undefined) continue;
        delete account.scimId;
        account.isSuspended = true;
      }
      after(context.store);
      return reply;
    },
  };
}

/** Links the account that is managed by hand, or makes one. */
function adopt(world: Administration, user: Resource, known: Account | undefined): void {
  if (known !== undefined && known.scimId === undefined) {
    known.scimId = user.id;
    return;
  }
  const number = world.accounts.length + 1;
  world.accounts.push({
    id: `user-${number}`,
    username: `login-${user.sequence}`,
    email: emailIn(user.attributes.emails) ?? "",
    scimId: user.id,
    isSuspended: user.attributes.active === false,
    isSiteAdmin: false,
  });
}

const accountWith = (world: Administration, email: string | undefined) =>
  world.accounts.find((account) => account.email.toLowerCase() === email?.toLowerCase());

function emailIn(emails: Json | undefined): string | undefined {
  const all = itemsIn(emails).filter(isJsonObject);
  const { value } = all.find(({ primary }) => primary === true) ?? all[0] ?? {};
  return typeof value === "string" ? value : undefined;
}
