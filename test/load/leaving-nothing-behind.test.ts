import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { overridden } from "../../src/config/override-plan.ts";
import { Register } from "../../src/load/register.ts";
import { registerFrom, registerText } from "../../src/load/register-text.ts";
import type { Handle } from "../../src/reference-server/message.ts";
import type { Library } from "../../src/wiring/library.ts";
import { removeLoad } from "../../src/wiring/load-end.ts";
import { loadPlanNamed } from "../../src/wiring/load-plans.ts";
import { variationTables } from "../../src/wiring/variations.ts";
import { playVirtually, testLibrary, type VirtualServer, virtualServer } from "./virtual-load.ts";

let library: Library;
const stateFolder = mkdtempSync(join(tmpdir(), "load-left-"));
beforeAll(async () => {
  library = await testLibrary();
}, 60_000);
afterAll(() => rmSync(stateFolder, { recursive: true, force: true }));

const quirk = async (name: string) => {
  const found = (await variationTables()).quirks.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no quirk ${name}`);
  return found;
};

/** People leave: half of them are inactive at the end. */
async function offboarded(server: VirtualServer): Promise<{ runId: string; register: Register }> {
  const plan = overridden(await loadPlanNamed("offboarding"), {
    users: 20,
    groups: 2,
    members: 10,
    for: 1_000,
    warmUp: 0,
  });
  const { shard, register } = await playVirtually(plan, library, server);
  return { runId: shard.runId, register };
}

const remove = (played: { runId: string; register: Register }, { send }: VirtualServer) =>
  removeLoad([played], send, new AbortController().signal, { stateFolder });

const CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
const withoutNames = (handle: Handle): Handle => {
  const shown = ({ id, schemas }: Record<string, unknown>) => ({ id, schemas });
  return (request) => {
    const reply = handle(request);
    if (!/\/Users/.test(request.target) || reply.body === "") return reply;
    const body = JSON.parse(reply.body);
    const told = body.Resources === undefined ? body : { ...body, Resources: body.Resources.map(shown) };
    return { ...reply, body: JSON.stringify(told) };
  };
};

describe("what a load made", () => {
  it("is removed where lists leave out who is inactive", async () => {
    const server = await virtualServer({ variations: [await quirk("inactive-users-not-listed")] });
    const played = await offboarded(server);
    expect(server.counts().users).toBe(20);
    expect(await remove(played, server)).toEqual({ leftovers: [], problems: [] });
    expect(server.counts()).toEqual({ users: 0, groups: 0 });
  });

  it("is removed where it was played elsewhere, and told as text", async () => {
    const server = await virtualServer({ variations: [await quirk("inactive-users-not-listed")] });
    const { runId, register } = await offboarded(server);
    const told = registerFrom(JSON.parse(JSON.stringify(registerText(register))));
    expect(await remove({ runId, register: told }, server)).toEqual({ leftovers: [], problems: [] });
    expect(server.counts()).toEqual({ users: 0, groups: 0 });
  });

  it("is removed where lists show no names", async () => {
    const server = await virtualServer({ wrap: withoutNames });
    const played = await offboarded(server);
    expect(await remove(played, server)).toEqual({ leftovers: [], problems: [] });
    expect(server.counts()).toEqual({ users: 0, groups: 0 });
  });

  it("is nobody whom a read by a known id shows under another name", async () => {
    const server = await virtualServer();
    const body = JSON.stringify({ schemas: [CORE], userName: "stranger@example.com" });
    const { outcome } = await server.send(
      { method: "POST", path: "/Users", headers: [["Content-Type", "application/scim+json"]], body },
      new AbortController().signal,
    );
    const id = outcome.kind === "answer" ? JSON.parse(outcome.body).id : "";
    const register = new Register();
    register.took("user-created", "acknowledged", 1, 0, id, 0, 1);
    expect(await remove({ runId: "t99999", register }, server)).toEqual({ leftovers: [], problems: [] });
    expect(server.counts().users).toBe(1);
  });

  it("is removed where lists cannot be read, and the reader is told that there may be more", async () => {
    const garbled =
      (handle: Handle): Handle =>
      (request) => {
        const reply = handle(request);
        return /\/(Users|Groups)\?/.test(request.target) ? { ...reply, body: `${reply.body}}` } : reply;
      };
    const server = await virtualServer({ wrap: garbled });
    const played = await offboarded(server);
    const { leftovers, problems } = await remove(played, server);
    expect(leftovers).toEqual([]);
    expect(problems).toEqual([
      "the list of Groups was answered 200 with no list that can be read",
      "the list of Users was answered 200 with no list that can be read",
    ]);
    expect(server.counts()).toEqual({ users: 0, groups: 0 });
  });

  it("is not looked for among groups where none was sent, nor at all where nobody was", async () => {
    const asked: string[] = [];
    const server = await virtualServer({
      wrap: (handle) => (request) => {
        asked.push(`${request.method} ${request.target.replace(/^.*\/(Users|Groups).*$/, "$1")}`);
        return handle(request);
      },
    });
    const register = new Register();
    const removed = { leftovers: [], problems: [] };
    expect(await remove({ runId: "t00000", register }, server)).toEqual(removed);
    expect(asked).toEqual([]);
    register.took("user-created", "unsure", 1, 0, "", 0, 1);
    expect(await remove({ runId: "t00000", register }, server)).toEqual(removed);
    expect([...new Set(asked)]).toEqual(["GET Users"]);
    register.took("group-created", "refused", 2, 0, "", 0, 1);
    expect(await remove({ runId: "t00000", register }, server)).toEqual(removed);
    expect([...new Set(asked)]).toEqual(["GET Users", "GET Groups"]);
  });

  it("costs no request by id where lists show everybody", async () => {
    const server = await virtualServer();
    const played = await offboarded(server);
    const before = server.arrived.get("GET") ?? 0;
    await remove(played, server);
    // The walks over both collections, the second ones that find nothing more, and a look at the first removal of each.
    expect((server.arrived.get("GET") ?? 0) - before).toBeLessThanOrEqual(6);
  });
});
