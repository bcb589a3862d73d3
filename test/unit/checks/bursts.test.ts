import { describe, expect, it } from "vitest";
import { burstAnswered, burstDistinctIds } from "../../../src/checks/named/burst-answers.ts";
import {
  burstRefusalErrors,
  burstRefusedBy429,
  burstRetryAfterGiven,
  burstRetryAfterSeconds,
} from "../../../src/checks/named/burst-refusals.ts";
import {
  burstRefusalsTraceless,
  burstRetriesCreated,
  burstWaitHonest,
} from "../../../src/checks/named/burst-retries.ts";
import type { Check, Evidence } from "../../../src/model/evidence.ts";
import type { Exchange, Headers, SilenceReason } from "../../../src/model/exchange.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const scimError: Json = {
  schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
  detail: "slow down",
  status: "429",
};

interface Shot {
  readonly kind?: "look-up" | "create";
  readonly status: number;
  readonly headers?: Headers;
  readonly body?: Json;
  readonly id?: string;
  readonly silence?: SilenceReason;
}

function exchangeFor({ status, headers, body, silence }: Shot): Exchange {
  const exchange = exchangeOf(status, body);
  if (silence !== undefined) {
    return { ...exchange, outcome: { kind: "silence", reason: silence, detail: "nothing" } };
  }
  const { outcome } = exchange;
  return outcome.kind === "answer"
    ? { ...exchange, outcome: { ...outcome, headers: headers ?? [] } }
    : exchange;
}

const burstOf = (shots: readonly Shot[], facts: Readonly<Record<string, Json>> = {}): Evidence => ({
  ...evidenceOf(200),
  exchanges: shots.map(exchangeFor),
  facts: {
    burst: shots.map(({ kind, status, id }, index) => ({
      kind: kind ?? "create",
      userName: `user${index}`,
      status,
      id: id ?? null,
    })),
    ...facts,
  },
});

const created: Shot = { status: 201, id: "a", body: { id: "a" } };
const found: Shot = { kind: "look-up", status: 200, body: { totalResults: 0 } };
const refused: Shot = { status: 429, headers: [["Retry-After", "2"]], body: scimError };
const judged = (check: Check, evidence: Evidence) => check.judge(evidence, {});

describe("every check of how a burst is refused", () => {
  it("says nothing, and weighs nothing, when no 429 was seen", () => {
    const calm = burstOf([created, found]);
    for (const check of [
      burstRefusedBy429,
      burstRefusalErrors,
      burstRetryAfterGiven,
      burstRetryAfterSeconds,
      burstWaitHonest,
      burstRefusalsTraceless,
      burstRetriesCreated,
    ]) {
      expect([check.name, judged(check, calm)]).toEqual([
        check.name,
        { kind: "unknown", why: "no 429 was seen in 2 requests", neutral: true },
      ]);
    }
  });

  it("cannot tell when no burst was sent", () => {
    expect(judged(burstRefusedBy429, burstOf([])).kind).toBe("unknown");
    expect(judged(burstAnswered, burstOf([])).kind).toBe("unknown");
  });
});

describe("burst-refused-by-429", () => {
  it("holds when what was refused was refused with 429", () => {
    expect(judged(burstRefusedBy429, burstOf([created, refused])).kind).toBe("holds");
  });

  it("breaks for a limiter's answer in disguise", () => {
    const busy: Shot = { status: 503, headers: [["Retry-After", "2"]] };
    const forbidden: Shot = { status: 403 };
    const cheerful: Shot = { kind: "look-up", status: 200, body: scimError };
    for (const disguise of [busy, forbidden, cheerful]) {
      expect(judged(burstRefusedBy429, burstOf([created, refused, disguise])).kind).toBe("broken");
    }
  });

  it("does not take every 403 or 503 for a limiter's", () => {
    expect(judged(burstRefusedBy429, burstOf([refused, { status: 503 }])).kind).toBe("holds");
    expect(
      judged(burstRefusedBy429, burstOf([found, { ...refused, kind: "look-up" }, { status: 403 }])).kind,
    ).toBe("holds");
  });
});

describe("burst-refusal-errors", () => {
  it("holds for SCIM errors and breaks for anything else", () => {
    expect(judged(burstRefusalErrors, burstOf([refused])).kind).toBe("holds");
    expect(judged(burstRefusalErrors, burstOf([refused, { status: 429, body: "no" }])).kind).toBe("broken");
  });
});

describe("Retry-After of a burst", () => {
  const told = (...texts: readonly (string | undefined)[]) =>
    burstOf(
      texts.map((text): Shot => ({ ...refused, headers: text === undefined ? [] : [["retry-after", text]] })),
    );

  it("has to be given", () => {
    expect(judged(burstRetryAfterGiven, told("1", "Wed, 21 Oct 2026 07:28:00 GMT")).kind).toBe("holds");
    expect(judged(burstRetryAfterGiven, told("1", undefined)).kind).toBe("broken");
  });

  it("has to be whole seconds where it is given", () => {
    expect(judged(burstRetryAfterSeconds, told("1", " 120 ", undefined)).kind).toBe("holds");
    for (const odd of ["0", "1.5", "-1", "", "null", "Wed, 21 Oct 2026 07:28:00 GMT"]) {
      expect([odd, judged(burstRetryAfterSeconds, told("1", odd)).kind]).toEqual([odd, "broken"]);
    }
    expect(judged(burstRetryAfterSeconds, told(undefined))).toMatchObject({ kind: "unknown", neutral: true });
  });

  it("has to be honest, as far as it was waited for", () => {
    const waited = (how: string, afterWait: number) =>
      judged(burstWaitHonest, burstOf([refused], { waited: how, waitedMs: 2_000, afterWait }));
    expect(waited("okta", 200).kind).toBe("holds");
    expect(waited("okta", 429).kind).toBe("broken");
    expect(waited("okta", 0).kind).toBe("unknown");
    expect(waited("short", 429)).toMatchObject({ kind: "unknown", neutral: true });
    const facts = { waited: "okta", waitedMs: 2_000, afterWait: 429, afterWaitAt: 1 };
    expect(judged(burstWaitHonest, burstOf([refused], facts))).toMatchObject({
      differences: [{ exchange: 1 }],
    });
  });
});

describe("what is wrong with a burst", () => {
  const bare: Shot = { status: 429, headers: [], body: { detail: "no" } };
  const odd: Shot = { ...refused, headers: [["Retry-After", "soon"]] };
  it.each<[Check, Shot]>([
    [burstAnswered, { status: 500 }],
    [burstRefusedBy429, { status: 503, headers: [["Retry-After", "1"]] }],
    [burstRefusalErrors, bare],
    [burstRetryAfterGiven, bare],
    [burstRetryAfterSeconds, odd],
    [burstDistinctIds, created],
  ])("is shown by the request that it is about: $name", (check, wrong) => {
    const burst = burstOf([created, refused, wrong, found, refused]);
    expect(judged(check, burst)).toMatchObject({ kind: "broken", differences: [{ exchange: 2 }] });
  });
});

describe("burst-answered", () => {
  it("holds for usual answers and 429", () => {
    expect(
      judged(burstAnswered, burstOf([created, found, refused, { kind: "look-up", status: 404 }])).kind,
    ).toBe("holds");
  });

  it("breaks for a 5xx, a dropped connection and HTML", () => {
    const html: Shot = {
      kind: "look-up",
      status: 200,
      headers: [["Content-Type", "text/html; charset=utf-8"]],
    };
    for (const mishap of [{ status: 500 }, { status: 0, silence: "reset" as const }, html]) {
      expect(judged(burstAnswered, burstOf([created, found, mishap])).kind).toBe("broken");
    }
  });

  it("names the request that shows it, since others follow", () => {
    const shown = judged(burstAnswered, burstOf([created, found, { kind: "look-up", status: 503 }, found]));
    expect(shown).toMatchObject({ differences: [{ where: "request 3 (look-up)", exchange: 2 }] });
  });

  it("does not take JSON for a web page because a parameter of its label says html", () => {
    const headers = [["Content-Type", 'application/scim+json; profile="https://x.example/p.html"']] as const;
    expect(judged(burstAnswered, burstOf([created, { kind: "look-up", status: 200, headers }])).kind).toBe(
      "holds",
    );
  });

  it("does not blame the burst for what never works, or for what we did not send", () => {
    expect(judged(burstAnswered, burstOf([found, { status: 500 }, { status: 500 }])).kind).toBe("unknown");
    expect(judged(burstAnswered, burstOf([found, { status: 400 }])).kind).toBe("holds");
    expect(judged(burstAnswered, burstOf([created, { status: 0, silence: "aborted" }])).kind).toBe("unknown");
    expect(judged(burstAnswered, burstOf([{ status: 0, silence: "timed-out" }])).kind).toBe("unknown");
  });
});

describe("burst-distinct-ids", () => {
  it("holds for different ids, breaks for one id twice, and cannot tell from one create", () => {
    expect(judged(burstDistinctIds, burstOf([created, { ...created, id: "b" }])).kind).toBe("holds");
    expect(judged(burstDistinctIds, burstOf([created, created])).kind).toBe("broken");
    expect(judged(burstDistinctIds, burstOf([created, refused])).kind).toBe("unknown");
  });
});

describe("what a refused create left behind", () => {
  const retried = (...retries: readonly Json[]) => burstOf([created, refused], { retried: retries });
  const again = (more: Readonly<Record<string, Json>>): Json => ({
    userName: "u",
    found: 0,
    status: 201,
    foundAfter: 1,
    ...more,
  });

  it("is nothing, and the retry is a create like any other", () => {
    expect(judged(burstRefusalsTraceless, retried(again({}))).kind).toBe("holds");
    expect(judged(burstRetriesCreated, retried(again({}))).kind).toBe("holds");
  });

  it.each<[Check, Readonly<Record<string, Json>>, number]>([
    [burstRefusalsTraceless, { found: 1 }, 5],
    [burstRetriesCreated, { status: 409 }, 6],
    [burstRetriesCreated, { foundAfter: 2 }, 7],
  ])("is shown with the exchange that tells it, and not with the last one: %#", (check, wrong, exchange) => {
    const at = { foundAt: 5, statusAt: 6, foundAfterAt: 7 };
    const fine = { foundAt: 8, statusAt: 9, foundAfterAt: 10 };
    expect(judged(check, retried(again({ ...wrong, ...at }), again(fine)))).toMatchObject({
      kind: "broken",
      differences: [{ exchange }],
    });
  });

  it("is somebody who is found before the retry", () => {
    expect(judged(burstRefusalsTraceless, retried(again({}), again({ found: 1 }))).kind).toBe("broken");
  });

  it("shows in a retry that conflicts, or that makes a second person", () => {
    expect(judged(burstRetriesCreated, retried(again({ status: 409 }))).kind).toBe("broken");
    expect(judged(burstRetriesCreated, retried(again({ foundAfter: 2 }))).kind).toBe("broken");
  });

  it("is not told by a look-up without a list, nor by a retry that did not get through", () => {
    expect(judged(burstRefusalsTraceless, retried(again({ found: null }))).kind).toBe("unknown");
    expect(judged(burstRetriesCreated, retried(again({ status: 429 }))).kind).toBe("unknown");
    expect(judged(burstRetriesCreated, retried(again({ foundAfter: 0 }))).kind).toBe("holds");
  });

  it("is open where no create works at all, or only look-ups were refused", () => {
    const broken = burstOf([{ status: 400 }, refused], { retried: [again({ status: 400 })] });
    expect(judged(burstRetriesCreated, broken).kind).toBe("unknown");
    const lookUps = burstOf([created, { ...refused, kind: "look-up" }], { retried: [] });
    expect(judged(burstRefusalsTraceless, lookUps)).toMatchObject({ kind: "unknown", neutral: true });
  });
});
