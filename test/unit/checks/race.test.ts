import { describe, expect, it } from "vitest";
import { raceLosers } from "../../../src/checks/named/race-losers.ts";
import { raceWinner } from "../../../src/checks/named/race-winner.ts";
import type { Check } from "../../../src/model/evidence.ts";
import { URN } from "../../../src/model/scim.ts";
import { evidenceOf, exchangeOf, silence } from "./evidence-of.ts";

const error = { schemas: [URN.error], status: "409" };
const won = exchangeOf(201, { id: "7" });
const lost = exchangeOf(409, error);

const kindOf = (check: Check, exchanges: readonly ReturnType<typeof exchangeOf>[], aloneStatus = 201) =>
  check.judge(
    { ...evidenceOf(200, {}, { earlier: { alone: exchangeOf(aloneStatus) } }), exchanges },
    { alone: "alone" },
  ).kind;

const without = (check: Check, exchanges: readonly ReturnType<typeof exchangeOf>[], again: number) => {
  const earlier = { alone: exchangeOf(201), again: exchangeOf(again, again < 300 ? { id: "7" } : error) };
  return check.judge({ ...evidenceOf(200, {}, { earlier }), exchanges }, { alone: "alone", again: "again" });
};

describe("what is so without a race", () => {
  it("is no finding of the race: a name that is taken twice", () => {
    expect(without(raceWinner, [won, won], 201)).toMatchObject({ kind: "unknown", neutral: true });
    expect(without(raceLosers, [won, won], 200)).toMatchObject({ kind: "unknown", neutral: true });
  });

  it("is no finding of the race: a refusal with another status", () => {
    expect(without(raceLosers, [won, exchangeOf(400, error)], 400)).toMatchObject({ kind: "unknown" });
    expect(without(raceWinner, [won, exchangeOf(400, error)], 400).kind).toBe("holds");
    expect(without(raceLosers, [won, exchangeOf(500, error)], 409).kind).toBe("broken");
  });
});

describe("race-winner", () => {
  it("holds for one 201, whichever it is", () => {
    expect(kindOf(raceWinner, [lost, won, lost])).toBe("holds");
  });

  it("breaks for two winners, none, or an upsert", () => {
    expect(kindOf(raceWinner, [won, won])).toBe("broken");
    expect(kindOf(raceWinner, [lost, lost])).toBe("broken");
    expect(kindOf(raceWinner, [won, exchangeOf(200, {})])).toBe("broken");
  });

  it("stays open when creates are refused anyway", () => {
    expect(kindOf(raceWinner, [lost, lost], 403)).toBe("unknown");
  });
});

describe("race-losers", () => {
  it("holds when all but one are SCIM conflicts", () => {
    expect(kindOf(raceLosers, [lost, won, lost])).toBe("holds");
  });

  it.each([
    ["a server error", exchangeOf(500, error)],
    ["a second winner", won],
    ["a conflict in plain text", exchangeOf(409, "duplicate key")],
    ["a conflict that is no SCIM error", exchangeOf(409, { error: "duplicate" })],
    ["no answer", ...silence.exchanges],
  ])("breaks for %s", (_what, exchange) => {
    expect(kindOf(raceLosers, exchange === undefined ? [] : [won, exchange])).toBe("broken");
  });

  it("stays open when creates are refused anyway", () => {
    expect(kindOf(raceLosers, [exchangeOf(403, {})], 403)).toBe("unknown");
  });
});
