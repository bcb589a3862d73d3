import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/model/json.ts";
import { burst } from "../../../src/okta/actions/burst.ts";
import { likewise } from "../../../src/okta/likewise.ts";
import { oktaWaitMs } from "../../../src/okta/retry-after.ts";
import { performanceOf, type Speaker, sentBody } from "./performance-of.ts";

const person = { userName: "userName", name: { givenName: "givenName" }, active: true };
const empty = { status: 200, body: { totalResults: 0, Resources: [] } };

/** Takes what is created and finds nobody, but refuses the requests with these numbers. */
function refusing(refused: readonly number[], retryAfter?: string): Speaker {
  return ({ method }, number) => {
    if (refused.includes(number)) {
      return { status: 429, headers: retryAfter === undefined ? [] : [["Retry-After", retryAfter]] };
    }
    return method === "POST" ? { status: 201, body: { id: `id${number}` } } : empty;
  };
}

const shots = (facts: Readonly<Record<string, Json>>) => facts.burst as readonly Record<string, Json>[];

describe("burst", () => {
  it("sends look-ups and creates of different people together, and nothing more when none is refused", () => {
    const { facts, rhythm, requests } = performanceOf(burst, { requests: 4, person }, refusing([]));
    expect(rhythm).toEqual([4]);
    expect(requests.map(({ method }) => method)).toEqual(["GET", "POST", "GET", "POST"]);
    expect(requests.every(({ showThrottling }) => showThrottling === true)).toBe(true);
    expect(sentBody(requests[1])).toEqual({
      userName: "burst2:userName",
      name: { givenName: "burst2:givenName" },
      active: true,
    });
    expect(shots(facts).map(({ kind, status, id }) => [kind, status, id])).toEqual([
      ["look-up", 200, null],
      ["create", 201, "id2"],
      ["look-up", 200, null],
      ["create", 201, "id4"],
    ]);
    expect(facts.retried).toBeUndefined();
  });

  it("waits exactly the longest whole-second Retry-After, looks the refused up, and sends them again", () => {
    const server = refusing([2, 3], "7");
    const { facts, rhythm, requests } = performanceOf(burst, { requests: 4, person }, server);
    const told = { afterWaitAt: 4, retried: [{ foundAt: 5, statusAt: 6, foundAfterAt: 7 }] };
    expect(facts).toMatchObject(told);
    expect(rhythm).toEqual([4, -7_000, 1, 1, 1, 1]);
    expect(requests.slice(4).map(({ method }) => method)).toEqual(["GET", "GET", "POST", "GET"]);
    expect(sentBody(requests[6])).toEqual(sentBody(requests[1]));
    expect(facts).toMatchObject({ oktaWaitMs: 7_000, waitedMs: 7_000, waited: "okta", afterWait: 200 });
    expect(facts.retried).toMatchObject([
      { userName: "burst2:userName", found: 0, status: 201, foundAfter: 0 },
    ]);
  });

  it("says that Okta would wait five minutes for any other Retry-After, and looks again after short pauses", () => {
    const refusedUntil = refusing([2, 5, 6], "Wed, 21 Oct 2026 07:28:00 GMT");
    const { facts, rhythm } = performanceOf(burst, { requests: 4, person }, refusedUntil);
    expect(rhythm.slice(0, 7)).toEqual([4, -1_000, 1, -2_000, 1, -4_000, 1]);
    expect(facts).toMatchObject({ oktaWaitMs: 300_000, waited: "short", afterWait: 200 });
  });

  it("waits the five minutes when it is asked for Okta's waits", () => {
    const { rhythm } = performanceOf(burst, { requests: 2, person }, refusing([2]), { oktaWaits: true });
    expect(rhythm.slice(0, 2)).toEqual([2, -300_000]);
  });

  it("does not wait hours because a server says so", () => {
    const { facts } = performanceOf(burst, { requests: 2, person }, refusing([2], "86400"));
    expect(facts).toMatchObject({ oktaWaitMs: 86_400_000, waited: "short" });
  });

  it("does not wait years for a server's word, even when it is asked for Okta's waits", () => {
    const server = refusing([2], "999999999");
    const { facts, rhythm } = performanceOf(burst, { requests: 2, person }, server, { oktaWaits: true });
    expect(rhythm.slice(0, 2)).toEqual([2, -1_000]);
    expect(facts).toMatchObject({ waited: "short" });
  });

  it("follows no more than twenty refusals", () => {
    const all = Array.from({ length: 100 }, (_, index) => index + 1);
    const { facts } = performanceOf(burst, { requests: 100, person }, refusing(all, "1"));
    expect(facts.retried).toHaveLength(20);
  });

  it("counts the people a look-up shows by name, and takes 404 for nobody", () => {
    const server: Speaker = ({ method, path }, number) => {
      if (number === 2) return { status: 429, headers: [["Retry-After", "1"]] };
      if (method === "POST") return 409;
      if (number <= 3) return 404;
      const userName = "Burst2:USERNAME";
      return path.includes("burst2")
        ? { status: 200, body: { totalResults: 2, Resources: [{ userName }, { userName: "other" }] } }
        : empty;
    };
    const { facts } = performanceOf(burst, { requests: 2, person }, server);
    expect(facts.retried).toMatchObject([
      { userName: "burst2:userName", found: 1, status: 409, foundAfter: 1 },
    ]);
  });
});

describe("a body like another's", () => {
  it("changes every unique text of the person, wherever it stands, and nothing else", () => {
    const unique = (kind: string, label?: string) => `${label ?? "me"}-${kind}`;
    const body = { emails: [{ value: "me-email", type: "work" }], active: true, note: "me-email too" };
    expect(likewise(body, unique, "bob")).toEqual({
      emails: [{ value: "bob-email", type: "work" }],
      active: true,
      note: "me-email too",
    });
  });
});

describe("Okta's wait", () => {
  it("is the whole seconds that were told, and five minutes for anything else", () => {
    expect(oktaWaitMs("120")).toBe(120_000);
    for (const other of [undefined, "", "1.5", "-1", "null", "Wed, 21 Oct 2026 07:28:00 GMT"]) {
      expect(oktaWaitMs(other)).toBe(300_000);
    }
  });
});
