import { beforeAll, describe, expect, it } from "vitest";
import type { RunReport } from "../../src/index.ts";
import { addBystander } from "./bystander.ts";
import { start } from "./scimmy/server.ts";
import { got, judged, tellsTheTruth } from "./true-verdicts.ts";

describe("SCIMMY on Express", () => {
  const seen: { report?: RunReport; before: readonly string[]; after: readonly string[]; left: number[] } = {
    before: [],
    after: [],
    left: [],
  };
  beforeAll(async () => {
    const server = await start();
    try {
      const { user, group } = await addBystander(server);
      const both = async () => [await got(server, `/Users/${user}`), await got(server, `/Groups/${group}`)];
      seen.before = await both();
      seen.report = await judged(server, 16);
      seen.after = await both();
      seen.left = [server.directory.users.size, server.directory.groups.size];
    } finally {
      await server.close();
    }
  });

  tellsTheTruth("scimmy", () => seen.report);

  it("is left as it was found: a bystander and a group of bystanders, byte for byte", () => {
    expect(seen.before.join()).toContain("Bystanders");
    expect(seen.after).toEqual(seen.before);
    expect(seen.left).toEqual([1, 1]);
  });
});
