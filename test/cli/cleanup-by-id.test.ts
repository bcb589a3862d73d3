import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { cleanup, renderCleanup, startReferenceServer } from "../../src/index.ts";
import { openFileLedger } from "../../src/ledger/file-ledger.ts";
import type { Ledger } from "../../src/model/ledger.ts";

const stateFolder = mkdtempSync(join(tmpdir(), "scim-check-by-id-"));
afterAll(() => rmSync(stateFolder, { recursive: true }));
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  for (const name of readdirSync(stateFolder)) rmSync(join(stateFolder, name));
});

const RUN = "k111ed";
const record = (url: string) =>
  openFileLedger(stateFolder, { run: RUN, url, startedAt: "2026-01-05T09:00:00Z" });

/** A server whose lists leave out who is inactive, and what a run did there until it was killed. */
async function hiding() {
  const server = await startReferenceServer({ quirk: ["inactive-users-not-listed"] });
  closing.push(() => server.close());
  const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/scim+json" };
  const make = async (userName: string, active: boolean): Promise<string> => {
    const schemas = ["urn:ietf:params:scim:schemas:core:2.0:User"];
    const body = JSON.stringify({ schemas, userName, active });
    const answer = await fetch(`${server.url}/Users`, { method: "POST", headers, body });
    return ((await answer.json()) as { id: string }).id;
  };
  const isThere = async (id: string) =>
    (await fetch(`${server.url}/Users/${id}`, { headers })).status === 200;
  const options = { url: server.url, token: server.token ?? "" };
  return { make, isThere, options, ledger: record(server.url) };
}

const clean = (options: Parameters<typeof cleanup>[0], forget = false) =>
  cleanup(options, { stateFolder, forget });

describe("what a killed run left where lists do not show everything", () => {
  it("is removed by the ids on record", async () => {
    const { make, isThere, options, ledger } = await hiding();
    const hidden = await make(`scim-check-${RUN}-1@example.com`, false);
    const shown = await make(`scim-check-${RUN}-2@example.com`, true);
    for (const id of [hidden, shown, "gone-by-now"]) ledger.made?.("Users", id);
    expect(await clean(options)).toMatchObject([{ removed: 2, leftovers: [] }]);
    expect([await isThere(hidden), await isThere(shown)]).toEqual([false, false]);
  });

  it("is somebody else's where the read shows another name, and not touched", async () => {
    const { make, isThere, options, ledger } = await hiding();
    const stranger = await make("ann@example.com", false);
    ledger.made?.("Users", stranger);
    const [cleaned] = await clean(options);
    expect(cleaned).toMatchObject({ removed: 0, leftovers: [] });
    expect(cleaned).not.toHaveProperty("doubt");
    expect(await isThere(stranger)).toBe(true);
    expect(readdirSync(stateFolder)).toEqual([]);
  });

  it("may be more than is on record: that is told, and the run is not forgotten unless asked to", async () => {
    const { make, options, ledger } = await hiding();
    ledger.made?.("Users", await make(`scim-check-${RUN}-1@example.com`, false));
    await make(`scim-check-${RUN}-2@example.com`, false);
    const cleaned = await clean(options);
    expect(cleaned).toMatchObject([{ removed: 1, leftovers: [], doubt: expect.stringContaining(RUN) }]);
    expect(await renderCleanup(cleaned)).toMatch(
      / 1 removed, 0 left\n {2}There may be more: lists .+scim-check-k111ed-\.\nOnce you have looked there, /,
    );
    // What proved it is gone, and known all the same.
    expect(await clean(options)).toMatchObject([{ removed: 0, doubt: expect.stringContaining(RUN) }]);
    expect(await clean(options, true)).toMatchObject([{ doubt: expect.stringContaining(RUN) }]);
    expect(await clean(options)).toEqual([]);
  });

  it("is all on record where the run came to its end, and was only not able to remove it", async () => {
    const { make, isThere, options, ledger } = await hiding();
    const name = `scim-check-${RUN}-1@example.com`;
    const id = await make(name, false);
    ledger.made?.("Users", id);
    ledger.close([{ collection: "Users", name, id, state: "deactivated", why: "DELETE was answered 501" }]);
    const [cleaned] = await clean(options);
    expect(cleaned).toMatchObject({ removed: 1, leftovers: [] });
    expect(cleaned).not.toHaveProperty("doubt");
    expect(await isThere(id)).toBe(false);
    expect(readdirSync(stateFolder)).toEqual([]);
  });

  it.each([
    ["refused for want of a right", 403, {}],
    ["an error of the server", 500, {}],
    ["a resource without a name", 200, { id: "7" }],
  ])("may be there where a read by the id is %s", async (_what, status, shown) => {
    const server = createServer((request, response) => {
      const isRead = request.url?.endsWith("/Users/7");
      response.writeHead(isRead ? status : 200, { "content-type": "application/scim+json" });
      response.end(JSON.stringify(isRead ? shown : { totalResults: 0, Resources: [] }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closing.push(() => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ledger: Ledger = record(url);
    ledger.made?.("Users", "7");
    const cleaned = await clean({ url, token: "secret-token" });
    expect(cleaned).toMatchObject([{ doubt: expect.stringMatching(/^1 of Users may be there: /) }]);
    expect(readdirSync(stateFolder)).toHaveLength(1);
  });
});
