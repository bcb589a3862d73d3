import { describe, expect, it } from "vitest";
import { claimsOn, isCredentialTest, json, type Reply, refused, type Sort } from "./wrapped-servers.ts";

const asks = (method: string, path: RegExp) => (request: Sort) =>
  request.method === method && path.test(request.target) && !isCredentialTest(request);

/** What a server refuses every time; all else it does like the sound one. */
const KINDS: Readonly<Record<string, (request: Sort) => boolean>> = {
  "a replace of a user": asks("PUT", /\/Users/),
  "a PATCH of a user": asks("PATCH", /\/Users/),
  "a replace of a group": asks("PUT", /\/Groups/),
  "a PATCH of a group": asks("PATCH", /\/Groups/),
  "a delete": asks("DELETE", /./),
  "a create of a user": asks("POST", /\/Users(\?|$)/),
  "whatever is about groups": ({ target }) => /\/Groups/.test(target),
  "a create of a group": asks("POST", /\/Groups(\?|$)/),
  "a look-up of a user": asks("GET", /\/Users\?.*filter=/),
  "a look-up of a group": asks("GET", /\/Groups\?.*filter=/),
  "a list of users": asks("GET", /\/Users\?(?!.*filter=)/),
  "a list of groups": asks("GET", /\/Groups(\?(?!.*filter=)|$)/),
  "a read of a user": asks("GET", /\/Users\/./),
  "a read of a group": asks("GET", /\/Groups\/./),
};

const behaviourOf = (claim: string) => claim.slice(0, claim.lastIndexOf("."));

/** What a refusal would be blamed for by another name: how a new group is shown, and whether a PATCH is applied whole. */
const NOT_ABOUT_IT: Readonly<Record<string, readonly string[]>> = {
  "a create of a group": ["RFC7643-4.2-02.resource-type", "RFC7643-4.2-02.location"],
  "a PATCH of a group": ["RFC7644-3.5.2-02.sent-again"],
};

/**
 * A refusal is one fault. A behaviour may be failed for it where the refusal is what is wrong, or where something is
 * wrong with its body; not for what is as it was because nothing came of the request.
 */
const failuresOn = async (name: string, isRefused: (request: Sort) => boolean, answer: Reply) =>
  (
    await claimsOn(
      name,
      (request) => !isRefused(request),
      () => answer,
    )
  )
    .filter(({ verdict }) => verdict === "fail")
    .map(({ claim }) => claim);

/** A look-up that answers 404 has found nobody, as Okta takes it; where there is somebody, that is a fault of its own. */
const statusesOf = (kind: string) => (kind.startsWith("a look-up") ? [400, 501] : [400, 404, 501]);

describe("a server that refuses one kind of request", () => {
  for (const [kind, isRefused] of Object.entries(KINDS)) {
    for (const status of statusesOf(kind)) {
      it(`${kind} with ${status}, is not blamed for what follows from it`, { timeout: 60_000 }, async () => {
        const claims = await claimsOn(
          `${kind} (${status})`,
          (request) => !isRefused(request),
          () => refused(status),
        );
        const spared = NOT_ABOUT_IT[kind] ?? [];
        const failures = claims.filter(({ verdict }) => verdict === "fail");
        const names = (seen = "") =>
          new RegExp(`(was|status) ${status}`).test(seen) || seen.startsWith("body scimType:");
        const blamed = new Set(
          failures.filter(({ seen }) => names(seen)).map(({ claim }) => behaviourOf(claim)),
        );
        expect(
          failures
            .filter(({ claim }) => spared.includes(claim) || !blamed.has(behaviourOf(claim)))
            .map(({ claim, seen }) => `${claim}: ${seen}`),
        ).toEqual([]);
      });
    }
  }
});

describe("where nothing was made, nothing is missed", () => {
  const NOTHING: Reply = { status: 404, headers: [], body: "" };
  const CRASHED = json(500, { message: "Server Error" });

  it("by look-ups of groups on a server that has none", async () => {
    const failures = await failuresOn("no groups", ({ target }) => /\/Groups/.test(target), NOTHING);
    expect(failures).toContain("OKTA-GROUP-PUSH-03.created");
    expect(failures.filter((claim) => /^OKTA-GROUP-PUSH-0[12]\./.test(claim))).toEqual([]);
  });

  it("by the refusal of a second create, nor by that of a long name, where every create is refused", async () => {
    const failures = await failuresOn("creates crash", asks("POST", /\/Users(\?|$)/), CRASHED);
    expect(failures).toContain("OKTA-CREATE-01.created");
    expect(failures.filter((claim) => claim.startsWith("OKTA-ERR-03."))).toEqual([]);
  });
});
