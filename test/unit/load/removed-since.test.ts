import { describe, expect, it } from "vitest";
import { Register } from "../../../src/load/register.ts";
import { unlessRemoved } from "../../../src/load/removed-since.ts";
import {
  FINDING_KINDS,
  type FindingKind,
  type Reconciliation,
} from "../../../src/model/load-reconciliation.ts";

/** Two people and a group; a third person is gone as it ought to be. */
function register(): Register {
  const all = new Register();
  for (const user of [1, 2, 3]) all.took("user-created", "acknowledged", user, 0, `u${user}`, 0, 1);
  all.took("user-deleted", "acknowledged", 3, 0, "", 2, 3);
  all.took("group-created", "acknowledged", 4, 0, "g4", 0, 1);
  return all;
}

const NONE = Object.fromEntries(FINDING_KINDS.map((kind) => [kind, 0])) as Record<FindingKind, number>;

const readBack = (lost: number, applied = 0): Reconciliation => ({
  kind: "done",
  counts: { ...NONE, lost, "applied-after-refusal": applied },
  ...{ findings: [], users: 3, groups: 1, members: 0, unsure: 0, requests: 1, durationMs: 1 },
});

describe("a state that is read back some time after the load", () => {
  it("of which nothing is there any more was removed, and the server is not blamed", () => {
    expect(unlessRemoved(readBack(6), [register(), register()])).toMatchObject({
      kind: "unknown",
      why: expect.stringContaining("nothing of what the shards made is there any more"),
    });
  });

  it("is no less removed where a delete of some of it was refused", () => {
    const one = register();
    one.took("user-deleted", "refused", 1, 0, "", 2, 3);
    expect(unlessRemoved(readBack(2, 1), [one])).toMatchObject({ kind: "unknown" });
    expect(unlessRemoved(readBack(1, 1), [one])).toEqual(readBack(1, 1));
  });

  it("is what it is where some of it is there", () => {
    expect(unlessRemoved(readBack(5), [register(), register()])).toEqual(readBack(5));
    expect(unlessRemoved(readBack(0), [register()])).toEqual(readBack(0));
  });
});
