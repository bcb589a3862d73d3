import type { Reconciliation } from "../model/load-reconciliation.ts";
import { PRESENCE, type Register } from "./register.ts";

/**
 * Of a state that is read back some time after the load: where nothing at all is there any more, somebody removed it,
 * and the server is not blamed. One that lost all of it would look the same.
 */
export function unlessRemoved(reconciled: Reconciliation, registers: readonly Register[]): Reconciliation {
  if (reconciled.kind === "unknown" || reconciled.counts.lost === 0) return reconciled;
  const made = registers.reduce((sum, register) => sum + thereIn(register), 0);
  if (reconciled.counts.lost < made) return reconciled;
  return {
    kind: "unknown",
    why: "nothing of what the shards made is there any more, as an earlier merge with --url or `scim-check cleanup` leaves it",
  };
}

function thereIn(register: Register): number {
  let there = 0;
  for (let user = 0; user < register.userNumbers; user++) {
    if (register.presenceOf(user) === PRESENCE.there) there += 1;
  }
  for (const { presence } of register.groups.values()) if (presence === PRESENCE.there) there += 1;
  return there;
}
