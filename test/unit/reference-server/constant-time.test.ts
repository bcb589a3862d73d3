import { timingSafeEqual } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { seededRandom } from "../../../src/model/clock.ts";
import { bindingObservables } from "../../../src/model/target.ts";
import { characterOfFacts } from "../../../src/reference-server/character/index.ts";
import { createReferenceServer, soundOperations } from "../../../src/reference-server/index.ts";
import { characterOf } from "../../../src/reference-server/variation.ts";
import { loadTarget } from "../../../src/targets/load-target.ts";
import { systemClock } from "../../../src/wiring/system-clock.ts";

vi.mock("node:crypto", async (original) => {
  const crypto = await original<typeof import("node:crypto")>();
  return { ...crypto, timingSafeEqual: vi.fn(crypto.timingSafeEqual) };
});
beforeEach(() => {
  vi.mocked(timingSafeEqual).mockClear();
});

const TOKEN = "a-token-0123456789";
/** As long as the right one, and the same but for its last letter. */
const NEARLY = "a-token-012345678x";

/** Which of the right secrets a wrong one was compared with, byte by byte in the same time. */
const compared = () => vi.mocked(timingSafeEqual).mock.calls.map(([, right]) => String(right));

const options = { clock: systemClock(), random: seededRandom(1), token: TOKEN };

describe("a secret that is nearly right is compared in constant time", () => {
  it.each([
    ["bearer", "bearer", "Authorization", TOKEN, `Bearer ${NEARLY}`],
    ["basic", "basic", "Authorization", "user:password", `Basic ${btoa("user:passwore")}`],
    ["a whole header", "whole", "Authorization", TOKEN, NEARLY],
    ["a header of its own", "whole", "X-Key", TOKEN, NEARLY],
  ] as const)("%s", (_, form, header, token, given) => {
    const server = createReferenceServer({ ...options, token, tokenTravels: { form, header } });
    const request = { method: "GET", target: "/scim/v2/Users", body: "" };
    expect(server.handle({ ...request, headers: [[header, given]] }).status).toBe(401);
    expect(compared()).toEqual([token]);
  });

  it("that of a product, and of its administrator", () => {
    const loaded = loadTarget("terraform-enterprise");
    if (!loaded.ok) throw new Error("no profile");
    const { clock, random } = options;
    const make = characterOfFacts(bindingObservables(loaded.profile));
    const character = characterOf([{ make }], { clock, random, operations: soundOperations });
    const server = createReferenceServer({ ...character, ...options });
    const ask = (target: string, secret: string) =>
      server.handle({ method: "GET", target, headers: [["Authorization", `Bearer ${secret}`]], body: "" })
        .status;
    expect(ask("/scim/v2/Users", NEARLY)).toBe(401);
    expect(compared()).toContain(TOKEN);
    vi.mocked(timingSafeEqual).mockClear();
    expect(ask("/api/v2/admin/scim-settings", `${NEARLY}.admin`)).toBe(401);
    expect(compared()).toContain(`${TOKEN}.admin`);
  });
});
