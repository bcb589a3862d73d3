import { describe, expect, it } from "vitest";
import { bulkResults } from "../../../src/checks/named/bulk-results.ts";
import {
  noSuchEndpoint,
  statusIfOffered,
  unchangedIfOffered,
} from "../../../src/checks/named/optional-part.ts";
import { allCreated, oneOfSent } from "../../../src/checks/named/parallel-writes.ts";
import { sortedBy } from "../../../src/checks/named/sorted-by.ts";
import { versionHeader } from "../../../src/checks/named/version-header.ts";
import type { Evidence } from "../../../src/model/evidence.ts";
import type { Exchange } from "../../../src/model/exchange.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const says = (feature: string, supported: boolean) => ({
  config: exchangeOf(200, { [feature]: { supported } }),
});

describe("status-if-offered", () => {
  const given = { status: [400, 422], feature: "patch", config: "config" };

  it("wants one of the statuses", () => {
    expect(statusIfOffered.judge(evidenceOf(400), given).kind).toBe("holds");
    expect(statusIfOffered.judge(evidenceOf(204), given).kind).toBe("broken");
    expect(statusIfOffered.judge(evidenceOf(404), { ...given, status: 404 }).kind).toBe("holds");
  });

  it("is not offered where the answer is 501, if the server may lack it", () => {
    expect(statusIfOffered.judge(evidenceOf(501), { ...given, "may-lack": true }).kind).toBe("not-offered");
    expect(statusIfOffered.judge(evidenceOf(501), given).kind).toBe("broken");
    expect(statusIfOffered.judge(evidenceOf(500), { ...given, "may-lack": true }).kind).toBe("broken");
  });

  it("is not offered where the configuration denies the feature", () => {
    const evidence = evidenceOf(501, undefined, { earlier: says("patch", false) });
    expect(statusIfOffered.judge(evidence, given).kind).toBe("not-offered");
  });

  it("is open where something else that the server does not have was a success as well", () => {
    const beside = (like: number, status: number) =>
      statusIfOffered.judge(evidenceOf(status, undefined, { earlier: { like: exchangeOf(like) } }), {
        ...given,
        like: "like",
      });
    expect(beside(200, 204)).toMatchObject({ kind: "unknown", neutral: true });
    expect(beside(400, 204).kind).toBe("broken");
    expect(beside(200, 500).kind).toBe("broken");
    expect(beside(200, 400).kind).toBe("holds");
  });

  it("judges a part that has to be claimed only where it is", () => {
    const etag = { status: 304, feature: "etag", config: "config", claimed: true };
    const beside = (config: Exchange) =>
      statusIfOffered.judge(evidenceOf(200, undefined, { earlier: { config } }), etag);
    expect(beside(exchangeOf(200, { schemas: [] })).kind).toBe("not-offered");
    for (const none of [404, 405, 501]) expect(beside(exchangeOf(none)).kind).toBe("not-offered");
    const claimed = evidenceOf(200, undefined, { earlier: says("etag", true) });
    expect(statusIfOffered.judge(claimed, etag).kind).toBe("broken");
  });
});

describe("a part that has to be claimed", () => {
  const etag = { status: 304, feature: "etag", config: "config", claimed: true };

  it.each([exchangeOf(500, {}), exchangeOf(401, {}), exchangeOf(200, "<html></html>"), exchangeOf(200, [])])(
    "is open where the configuration could not be read",
    (config) => {
      const evidence = evidenceOf(200, { id: "1" }, { earlier: { config } });
      const open = { kind: "unknown", neutral: true, why: expect.stringContaining("could not be read") };
      expect(statusIfOffered.judge(evidence, etag)).toMatchObject(open);
      expect(versionHeader.judge(evidence, { config: "config" })).toMatchObject(open);
      expect(bulkResults.judge(evidence, { config: "config" })).toMatchObject(open);
      expect(sortedBy.judge(evidence, { config: "config", path: "id", expected: ["1"] })).toMatchObject(open);
    },
  );
});

describe("unchanged-if-offered", () => {
  it("compares only where versions are claimed", () => {
    const before = exchangeOf(200, { id: "1", title: "A" });
    const now = (earlier: Record<string, Exchange>) =>
      unchangedIfOffered.judge(
        evidenceOf(200, { id: "1", title: "B" }, { earlier: { before, ...earlier } }),
        {
          as: "before",
          config: "config",
        },
      ).kind;
    expect(now(says("etag", true))).toBe("broken");
    expect(now(says("etag", false))).toBe("not-offered");
  });
});

describe("version-header", () => {
  const read = (etag: string | undefined, body: Json = { id: "1" }): Evidence => {
    const evidence = evidenceOf(200, body, { earlier: says("etag", true) });
    const exchange = exchangeOf(200, body);
    if (exchange.outcome.kind !== "answer" || etag === undefined) return evidence;
    const outcome = { ...exchange.outcome, headers: [["ETag", etag] as const] };
    return { ...evidence, exchanges: [{ ...exchange, outcome }] };
  };

  it("wants an entity-tag, weak or strong", () => {
    for (const etag of ['W/"a330bc54f0671c9"', '"1"']) {
      expect(versionHeader.judge(read(etag), { config: "config" }).kind).toBe("holds");
    }
    for (const etag of [undefined, "a330bc54f0671c9", "w/1"]) {
      expect(versionHeader.judge(read(etag), { config: "config" }).kind).toBe("broken");
    }
  });

  it("compares it with meta.version where that is shown", () => {
    const given = { config: "config", "as-meta": true };
    expect(versionHeader.judge(read('"1"', { meta: { version: '"1"' } }), given).kind).toBe("holds");
    expect(versionHeader.judge(read('"1"', { meta: { version: "1" } }), given).kind).toBe("broken");
    expect(versionHeader.judge(read('"1"'), given).kind).toBe("not-offered");
  });

  it("is not offered where nobody claims it", () => {
    const evidence = evidenceOf(200, { id: "1" }, { earlier: says("etag", false) });
    expect(versionHeader.judge(evidence, { config: "config" }).kind).toBe("not-offered");
  });
});

describe("bulk-results", () => {
  const response = (operations: Json): Json => ({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"],
    Operations: operations,
  });
  const result = { method: "PATCH", location: "https://scim.example.com/Users/1", status: "200" };
  const judge = (body: Json, given: Record<string, Json> = {}, status = 200) =>
    bulkResults.judge(evidenceOf(status, body, { earlier: says("bulk", true) }), {
      config: "config",
      ...given,
    }).kind;

  it("wants a BulkResponse with one complete result for each operation", () => {
    expect(judge(response([result]))).toBe("holds");
    expect(judge(response([result]), { count: 1 })).toBe("holds");
    expect(judge(response([]), { count: 1 })).toBe("broken");
    expect(judge(response([{ ...result, status: "done" }]), { count: 1 })).toBe("broken");
    expect(judge(response([{ ...result, status: {} }]), { count: 1 })).toBe("broken");
    expect(judge({}, {}, 200)).toBe("broken");
    expect(judge("", {}, 501)).toBe("broken");
  });

  it.each<[string, Json]>([
    ["a number, since RFC 7644 names no type", 200],
    ["an object with a code, as its section 3.7.3 has it", { code: "200" }],
  ])("takes a status that is %s", (_, status) => {
    expect(judge(response([{ ...result, status }]), { count: 1 })).toBe("holds");
  });

  it("is not offered unless it is claimed", () => {
    const evidence = evidenceOf(501, undefined, { earlier: says("patch", true) });
    expect(bulkResults.judge(evidence, { config: "config" }).kind).toBe("not-offered");
  });
});

describe("all-created", () => {
  const race = (statuses: readonly number[], ids: readonly Json[], alone = 201): Evidence => ({
    ...evidenceOf(201, undefined, { earlier: { alone: exchangeOf(alone) } }),
    exchanges: statuses.map((status) => exchangeOf(status)),
    facts: { ids: [...ids] },
  });

  it("wants 201 and an id of its own for each", () => {
    expect(allCreated.judge(race([201, 201], ["1", "2"]), { alone: "alone" }).kind).toBe("holds");
    expect(allCreated.judge(race([201, 500], ["1", null]), { alone: "alone" }).kind).toBe("broken");
    expect(allCreated.judge(race([201, 201], ["1", "1"]), { alone: "alone" }).kind).toBe("broken");
  });

  it("stays open where a create fails alone as well", () => {
    expect(allCreated.judge(race([400, 400], [null, null], 400), { alone: "alone" }).kind).toBe("unknown");
  });
});

describe("one-of-sent", () => {
  const sent = (status: number, body: Json): Exchange => {
    const exchange = exchangeOf(status);
    return { ...exchange, request: { ...exchange.request, body: JSON.stringify(body) } };
  };
  const read = (body: Json, exchanges: readonly Exchange[]) =>
    oneOfSent.judge(
      {
        ...evidenceOf(200, body),
        earlier: new Map([["replace", { step: "replace", exchanges, facts: {} }]]),
      },
      { by: "replace", paths: ["title", "name.givenName"] },
    ).kind;
  const [one, other] = [
    { title: "A", name: { givenName: "Ada" } },
    { title: "B", name: { givenName: "Bob" } },
  ];

  it("holds for either state and breaks for a mixture", () => {
    expect(read({ ...other, id: "1" }, [sent(200, one), sent(200, other)])).toBe("holds");
    expect(read({ title: "A", name: { givenName: "Bob" } }, [sent(200, one), sent(200, other)])).toBe(
      "broken",
    );
  });

  it("passes over what the server does not show", () => {
    expect(read({ title: "A" }, [sent(200, one), sent(200, other)])).toBe("holds");
    expect(read({ id: "1" }, [sent(200, one), sent(200, other)])).toBe("unknown");
  });

  it("passes over what the server does not take from one request either", () => {
    const alone = sent(200, { title: "C", name: { givenName: "Cleo" } });
    const judged = (before: Json, now: Json) =>
      oneOfSent.judge(
        {
          ...evidenceOf(200, now),
          earlier: new Map([
            ["alone", { step: "alone", exchanges: [alone], facts: {} }],
            ["shown", { step: "shown", exchanges: [exchangeOf(200, before)], facts: {} }],
            ["replace", { step: "replace", exchanges: [sent(200, one), sent(200, other)], facts: {} }],
          ]),
        },
        { by: "replace", paths: ["title", "name.givenName"], alone: "alone", "alone-shown": "shown" },
      ).kind;
    expect(
      judged({ title: "C", name: { givenName: "Zoe" } }, { title: "A", name: { givenName: "Zoe" } }),
    ).toBe("holds");
    expect(judged({ title: "Z" }, { title: "Z" })).toBe("unknown");
    expect(
      judged({ title: "C", name: { givenName: "Cleo" } }, { title: "A", name: { givenName: "Bob" } }),
    ).toBe("broken");
  });

  it("counts accepted requests alone, and stays open without any", () => {
    expect(read(other, [sent(200, one), sent(412, other)])).toBe("broken");
    expect(read(one, [sent(500, one), sent(500, other)])).toBe("unknown");
  });
});

describe("no-such-endpoint", () => {
  it("tells nothing by another refusal where that is left open", () => {
    const given = { refused: "open" };
    expect(noSuchEndpoint.judge(evidenceOf(400), given).kind).toBe("unknown");
    expect(noSuchEndpoint.judge(evidenceOf(400), {}).kind).toBe("broken");
    expect(noSuchEndpoint.judge(evidenceOf(404), given).kind).toBe("not-offered");
    expect(noSuchEndpoint.judge(evidenceOf(201), given).kind).toBe("broken");
  });

  it("is not offered for what says so, and broken for every other answer", () => {
    const kinds = [404, 405, 501, 201, 400, 500].map(
      (status) => noSuchEndpoint.judge(evidenceOf(status), {}).kind,
    );
    expect(kinds).toEqual(["not-offered", "not-offered", "not-offered", "broken", "broken", "broken"]);
  });
});
