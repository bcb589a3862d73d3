import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cleanup, startReferenceServer } from "../../../src/index.ts";
import { openFileLedger } from "../../../src/ledger/file-ledger.ts";
import { owedIn, readLedgers } from "../../../src/ledger/read-ledgers.ts";
import type { Owed } from "../../../src/model/ledger.ts";
import { answered, trial, type Wire } from "./bench.ts";

/** A person is switched off for a moment, which stands for a pause of provisioning. */
const SWITCHED_OFF = `steps:
  - { id: create, send: POST /Users, body: { $from: documented/user.json }, remember: { user: id } }
  - id: "off"
    send: PATCH /Users/\${user}
    body: { $from: documented/patch.json, Operations: [{ op: replace, path: active, value: false }] }
  - { id: look, send: GET /Users, expect: { B-01.must: { status: 200 } } }
  - id: "on"
    undoes: "off"
    send: PATCH /Users/\${user}
    body: { $from: documented/patch.json, Operations: [{ op: replace, path: active, value: true }] }`;

async function played(wire: (told: string[], stop: AbortController) => Wire) {
  const told: string[] = [];
  const stop = new AbortController();
  const { report } = await trial({
    scenarios: { one: SWITCHED_OFF },
    wire: wire(told, stop),
    input: {
      signal: stop.signal,
      openLedger: () => ({
        lease: () => {},
        close: () => {},
        owe: ({ request }) => told.push(`owed ${request.body?.includes("true")}`),
        paid: (id) => told.push(`paid ${id}`),
      }),
    },
  });
  return { told, report };
}

const writingDown =
  (told: string[], also: (line: string) => void = () => {}): Wire =>
  (request, send) => {
    const isOn = request.body?.includes('"value":true') === true;
    const line = request.method === "PATCH" ? (isOn ? "on" : "off") : request.method;
    told.push(line);
    also(line);
    return send();
  };

describe("what a step undoes", () => {
  it("is on record before the step that it undoes is sent, and off it when it was undone", async () => {
    const { told } = await played((lines) => writingDown(lines));
    const own = told.filter((line) => !/^(GET|POST|DELETE)$/.test(line));
    expect(own).toEqual(["owed true", "off", "owed true", "on", "paid one/off"]);
  });

  it("is undone all the same when the run is interrupted in between", async () => {
    const { told, report } = await played((lines, stop) =>
      writingDown(lines, (line) => {
        if (line === "GET" && lines.includes("off")) stop.abort();
      }),
    );
    expect(told).toContain("on");
    expect(told).toContain("paid one/off");
    expect(report.notes.join()).not.toContain("not undone");
  });

  it("stays on record, and is told, where the server would not", async () => {
    const { told, report } = await played((lines) => async (request, send) => {
      const exchange = await writingDown(lines)(request, send);
      return lines.at(-1) === "on" ? answered(request, 500) : exchange;
    });
    expect(told).not.toContain("paid one/off");
    expect(report.notes.join()).toContain("What one/off did is not undone: PATCH /Users/");
  });

  it("is owed no longer where the step was refused", async () => {
    const { told } = await played((lines) => async (request, send) => {
      lines.push(request.method);
      return request.method === "PATCH" ? answered(request, 403) : send();
    });
    expect(told.indexOf("paid one/off")).toBeGreaterThan(told.indexOf("owed true"));
  });
});

describe("a pause that a killed run left behind", () => {
  const folder = mkdtempSync(join(tmpdir(), "scim-check-owed-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const settings = (paused: boolean): Owed["request"] => ({
    method: "PATCH",
    path: "/api/v2/admin/scim-settings",
    below: "host",
    headers: [
      ["Content-Type", "application/vnd.api+json"],
      ["Accept", "application/vnd.api+json"],
    ],
    body: JSON.stringify({ data: { type: "scim-settings", attributes: { paused } } }),
    credential: "admin",
  });

  it("is resumed by cleanup, with the administrator's token and not without", async () => {
    const server = await startReferenceServer({ target: "terraform-enterprise" });
    try {
      const admin = server.inputs["admin-token"] ?? "";
      const { host } = new URL(server.url);
      const request = settings(true);
      await fetch(`http://${host}${request.path}`, {
        method: request.method,
        headers: { ...Object.fromEntries(request.headers), Authorization: `Bearer ${admin}` },
        body: request.body ?? "",
      });
      const ledger = openFileLedger(folder, {
        run: "k111ed",
        url: server.url,
        startedAt: "2026-01-05T09:00:00Z",
      });
      ledger.owe?.({ id: "paused/pause", request: settings(false) });
      expect(readLedgers(folder).flatMap(owedIn)).toEqual([{ id: "paused/pause", request: settings(false) }]);

      const options = { url: server.url, token: server.token ?? "" };
      const [without] = await cleanup(options, { stateFolder: folder });
      expect(without?.problem).toContain("--input admin-token=@FILE");
      const [cleaned] = await cleanup(
        { ...options, input: { "admin-token": admin } },
        { stateFolder: folder },
      );
      expect(cleaned).toMatchObject({ undone: 1, leftovers: [] });
      expect(cleaned).not.toHaveProperty("problem");
      expect(readdirSync(folder)).toEqual([]);
      const list = await fetch(`${server.url}/Users`, {
        headers: { Authorization: `Bearer ${server.token}` },
      });
      expect(list.status).toBe(200);
    } finally {
      await server.close();
    }
  });
});
