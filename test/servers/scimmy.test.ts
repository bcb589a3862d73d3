import { beforeAll, describe, expect, it } from "vitest";
import type { RunReport } from "../../src/index.ts";
import type { RunningServer } from "./running-server.ts";
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
      const user = await posted(server, "/Users", {
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
        userName: "bystander@example.com",
        name: { givenName: "Bea", familyName: "Stander" },
        emails: [{ value: "bystander@example.com", type: "work", primary: true }],
      });
      const group = await posted(server, "/Groups", {
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
        displayName: "Bystanders",
        members: [{ value: user }],
      });
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

async function posted(server: RunningServer, path: string, body: object): Promise<string> {
  const answer = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${server.token}`, "Content-Type": "application/scim+json" },
    body: JSON.stringify(body),
  });
  const { id } = (await answer.json()) as { readonly id: string };
  return id;
}
