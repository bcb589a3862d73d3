import { describe, expect, it } from "vitest";
import { Names } from "../../../src/engine/names.ts";
import { noLedger } from "../../../src/ledger/file-ledger.ts";
import { Population } from "../../../src/load/playing/population.ts";
import { Takings } from "../../../src/load/playing/takings.ts";
import { OverSend } from "../../../src/load/wire/over-send.ts";
import type { Asker, Sendable } from "../../../src/load/wire/wire.ts";
import { seededRandom } from "../../../src/model/clock.ts";
import { memorySend } from "../../../src/reference-server/index.ts";
import { loadLibraryForLoad } from "../../../src/wiring/load-plans.ts";
import { PEOPLE, RUN_ID, virtualClock } from "../conformance/bench.ts";
import { soundServer, stage } from "./stage.ts";

const [ADA, BOB, GROUP, OTHER_GROUP, MADE_BY_A_PLAY] = [1, 2, 3, 4, 5];

/** Everybody is there and in every group, but for who is named. */
function takings() {
  const population = new Population(new Names(RUN_ID, noLedger, PEOPLE, seededRandom(1)));
  for (const user of [ADA, BOB]) population.users.add(user, `user-${user}`);
  for (const group of [GROUP, OTHER_GROUP]) population.groups.add(group, `group-${group}`);
  const gone = new Set<string>();
  const observer = {
    isMember: (group: number, user: number) => !gone.has(`${group} ${user}`),
    isThere: (number: number) => !gone.has(String(number)),
  };
  return { takings: new Takings(observer, population), gone };
}

const reading = (id: string) => ({ request: () => ({ method: "GET", path: `/Users/${id}`, headers: [] }) });

describe("what a request takes away", () => {
  it("was there when nobody else took it", () => {
    const { takings: told } = takings();
    told.begin("member-removed", GROUP, ADA);
    told.begin("member-removed", GROUP, BOB);
    told.begin("member-removed", OTHER_GROUP, ADA);
    expect(told.end("member-removed", GROUP, ADA)).toBe(false);
  });

  it("may be gone when it was gone before, even if it is back, and when it has gone meanwhile", () => {
    const { takings: told, gone } = takings();
    gone.add(`${GROUP} ${ADA}`);
    told.begin("member-removed", GROUP, ADA);
    told.begin("member-removed", GROUP, BOB);
    gone.clear();
    gone.add(`${GROUP} ${BOB}`);
    expect(told.end("member-removed", GROUP, ADA)).toBe(true);
    expect(told.end("member-removed", GROUP, BOB)).toBe(true);
  });

  it("may be gone for both of two requests that meet, and for none that follows when it is back", () => {
    const { takings: told } = takings();
    told.begin("member-removed", GROUP, ADA);
    told.begin("member-removed", GROUP, ADA);
    expect(told.end("member-removed", GROUP, ADA)).toBe(true);
    expect(told.end("member-removed", GROUP, ADA)).toBe(true);
    told.begin("member-removed", GROUP, ADA);
    expect(told.end("member-removed", GROUP, ADA)).toBe(false);
  });

  it("may be gone where its group is emptied at the same time, whichever was sent first", () => {
    const { takings: told } = takings();
    told.begin("member-removed", GROUP, ADA);
    told.begin("members-cleared", GROUP, 0);
    told.begin("member-removed", GROUP, BOB);
    told.begin("member-removed", OTHER_GROUP, ADA);
    expect(told.end("members-cleared", GROUP, 0)).toBe(false);
    expect(told.end("member-removed", GROUP, ADA)).toBe(true);
    expect(told.end("member-removed", GROUP, BOB)).toBe(true);
    expect(told.end("member-removed", OTHER_GROUP, ADA)).toBe(false);
    told.begin("member-removed", GROUP, ADA);
    expect(told.end("member-removed", GROUP, ADA)).toBe(false);
  });

  it("is the play's own business where the play made the group", () => {
    const { takings: told, gone } = takings();
    gone.add(`${MADE_BY_A_PLAY} ${ADA}`);
    told.begin("member-removed", MADE_BY_A_PLAY, ADA);
    expect(told.end("member-removed", MADE_BY_A_PLAY, ADA)).toBe(false);
  });

  it("is missed by other requests from when its delete is sent", () => {
    const { takings: told, gone } = takings();
    expect(told.whyGone(reading("user-1"))).toBeUndefined();
    told.begin("user-deleted", ADA, 0);
    expect(told.whyGone(reading("user-1"))).toBe("taken");
    expect(told.whyGone(reading("user-2"))).toBeUndefined();
    expect(told.end("user-deleted", ADA, 0)).toBe(false);
    expect(told.whyGone(reading("user-1"))).toBeUndefined();
    gone.add(String(ADA));
    expect(told.whyGone(reading("user-1"))).toBe("taken");
  });
});

describe("a removal that was sent twice, because an idle connection was closed", () => {
  it("may be refused the second time, for what it did the first time", async () => {
    const library = await loadLibraryForLoad();
    const leave = library.scenarios.find(({ id }) => id === "offboarding/leave-oin");
    if (leave === undefined) throw new Error("no such scenario");
    const clock = virtualClock();
    const server = soundServer(clock);
    const handle: typeof server.handle = (request) => {
      const removed = request.body.includes('"remove"') ? left.has(request.body) : false;
      left.add(request.body);
      return removed ? { status: 404, headers: [], body: "" } : server.handle(request);
    };
    const left = new Set<string>();
    const wire = new ClosingOnce({
      send: memorySend({ ...server, handle }, clock),
      now: clock.now,
      epoch: 0,
      close: async () => {},
      authority: "scim.test",
    });
    const { plays, told, play } = stage({ mix: [leave], clock, server, setup: { wire } });
    await plays.populate({ users: 1, groups: 1, members: 1 });
    wire.closes = true;
    await play({});
    expect(wire.closes).toBe(false);
    expect(told.exchanged.filter((one) => one[5] === 404)).toHaveLength(1);
    expect(told.exchanged.every((one) => one[5] === 0 || one[6])).toBe(true);
    expect(told.broken).toEqual([]);
    expect(told.foundNothing).toHaveLength(1);
  });

  it("leaves what nobody knows, whatever the second answer says", async () => {
    const library = await loadLibraryForLoad();
    const create = library.scenarios.find(({ id }) => id === "okta/users/create");
    if (create === undefined) throw new Error("no such scenario");
    const clock = virtualClock();
    const wire = new ClosingOnce({
      send: memorySend(soundServer(clock), clock),
      now: clock.now,
      epoch: 0,
      close: async () => {},
      authority: "scim.test",
    });
    const { told, play } = stage({ mix: [create], clock, setup: { wire } });
    wire.closes = true;
    await play({});
    expect(told.exchanged.map((one) => one[5])).toContain(409);
    expect(told.effects.map(([effect, certainty]) => [effect, certainty])).toEqual([
      ["user-created", "unsure"],
    ]);
  });
});

/** Loses the answer to one request as a connection does that is closed just then. */
class ClosingOnce extends OverSend {
  closes = false;

  override send(sendable: Sendable, asker: Asker): number {
    if (!this.closes || sendable.isIdempotent) return super.send(sendable, asker);
    this.closes = false;
    return super.send(sendable, {
      get sentAt() {
        return asker.sentAt;
      },
      set sentAt(at) {
        asker.sentAt = at;
      },
      answered: () => asker.failed({ reason: "idle-closed", detail: "closed" }),
      failed: (failure) => asker.failed(failure),
    });
  }
}
