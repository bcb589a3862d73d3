import { describe, expect, it } from "vitest";
import { checks } from "../../../src/checks/index.ts";
import type { Check, Evidence } from "../../../src/model/evidence.ts";
import type { Exchange } from "../../../src/model/exchange.ts";
import { answered, silent } from "../conformance/bench.ts";

const evidence = (...exchanges: readonly Exchange[]): Evidence => ({
  step: "read",
  exchanges,
  facts: {},
  earlier: new Map(),
  values: new Map(),
});

/** Arguments that name steps which were never played, and people of whom nothing is known. */
const given = ({ takes }: Check) =>
  Object.fromEntries(takes.filter((name) => !name.endsWith("?")).map((name) => [name, "no-such-thing"]));

const holding = (seen: Evidence) =>
  [...checks.values()]
    .filter((check) => check.judge(seen, given(check)).kind === "holds")
    .map(({ name }) => name)
    .toSorted();

/** The address can be judged without an answer from it. */
const OF_THE_ADDRESS = ["base-url-for-okta", "tls-address"];

const request = { method: "GET", path: "/Users/1", headers: [] } as const;

describe("every named check", () => {
  it("never holds where nothing was sent", () => {
    expect(holding(evidence())).toEqual([]);
  });

  it("never holds where no answer came", () => {
    expect(holding(evidence(silent(request, "timed-out")))).toEqual(OF_THE_ADDRESS);
  });

  it("holds of a bare 500 only where it looks for something that no refusal may contain", () => {
    const ofRefusals = ["no-internals", "not-repeated"];
    expect(holding(evidence(answered(request, 500, "")))).toEqual(
      [...OF_THE_ADDRESS, ...ofRefusals].toSorted(),
    );
  });

  it("holds of an empty object only where that is what it asks for", () => {
    const ofAcceptance = ["accepted-like", "accepted-unless-unique", "no-server-errors"];
    // At a step that reads a resource, the judge leaves these open: see "what a read has to show" in judge.test.ts.
    const ofWhatIsAbsent = ["change-took", "external-id-kept", "json-body", "no-password"];
    expect(holding(evidence(answered(request, 200, "{}")))).toEqual(
      [...OF_THE_ADDRESS, ...ofAcceptance, ...ofWhatIsAbsent].toSorted(),
    );
  });

  it("takes any JSON for an answer without falling over", () => {
    for (const body of [
      "null",
      "[]",
      "7",
      '"text"',
      "[null]",
      '{"Resources":7}',
      '{"Resources":[null,7,[]]}',
      "{",
      "",
    ]) {
      for (const check of checks.values()) {
        expect(
          () => check.judge(evidence(answered(request, 200, body)), given(check)),
          check.name,
        ).not.toThrow();
      }
    }
  });
});
