import { beforeAll, describe, expect, it } from "vitest";
import type { RunReport } from "../../src/index.ts";
import { start } from "./better-auth/server.ts";
import { got, judged, tellsTheTruth } from "./true-verdicts.ts";

describe("Better Auth with its SCIM plugin", () => {
  const seen: { report?: RunReport; after: string } = { after: "" };
  beforeAll(async () => {
    const server = await start();
    try {
      seen.report = await judged(server, 16);
      seen.after = await got(server, "/Users");
    } finally {
      await server.close();
    }
  });

  tellsTheTruth("better-auth", () => seen.report);

  it("is left empty", () => {
    expect(JSON.parse(seen.after)).toMatchObject({ totalResults: 0, Resources: [] });
  });
});
