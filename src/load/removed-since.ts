import type { Reconciliation } from "../model/load-reconciliation.ts";
import { PRESENCE, type Register } from "./register.ts";

/**
 * Of a state that is read back some time after the load: where nothing at all is there any more, somebody removed it,
 * and the server is not blamed. One that lost all of it would look the same.
 */
export function unlessRemoved(reconciled: Reconciliation, registers: readonly Register[]): Reconciliation {
  if (reconciled.kind === "unknown") return reconciled;
  const { lost, "applied-after-refusal": applied } = reconciled.counts;
  const made = registers.reduce((sum, register) => sum + thereIn(register), 0);
  // What is gone although its delete was refused is not called lost.
  const refused = registers.reduce((sum, register) => sum + thereIn(register, isDeleteRefused), 0);
  if (made === 0 || lost + Math.min(applied, refused) < made) return reconciled;
  return {
    kind: "unknown",
    why: "nothing of what the shards made is there any more, as an earlier merge with --url or `scim-check cleanup` leaves it",
  };
}

const isDeleteRefused = ({ refused }: Register, number: number) => refused.has("deleted", number);

function thereIn(register: Register, isMeant: typeof isDeleteRefused = () => true): number {
  let there = 0;
  for (let user = 0; user < register.userNumbers; user++) {
    if (register.presenceOf(user) === PRESENCE.there && isMeant(register, user)) there += 1;
  }
  for (const [number, { presence }] of register.groups) {
    if (presence === PRESENCE.there && isMeant(register, number)) there += 1;
  }
  return there;
}
