import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  formatNames,
  loadFormatNames,
  type ReferenceServerHandle,
  startReferenceServer,
} from "../../src/index.ts";
import { type InProcessOptions, inProcess } from "./in-process.ts";

const file = (name: string) => fileURLToPath(new URL(`../unit/http/certificates/${name}`, import.meta.url));
const WARNING = "TLS certificates are NOT verified (--insecure).";
const IN_REPORTS = "TLS certificates were NOT verified";

/** What stands in a report, escaped as its format wants it and broken into lines. */
const read = (text: string) => text.replaceAll(/\\/g, "").replaceAll(/\s+/g, " ");

describe("--insecure is said loudly", () => {
  const cwd = mkdtempSync(join(tmpdir(), "scim-check-insecure-"));
  let server: ReferenceServerHandle;
  let to: readonly string[];
  let settings: InProcessOptions;
  beforeAll(async () => {
    // Nobody vouches for it, so that everything here stops without --insecure.
    const tls = { tlsCert: file("self-signed.pem"), tlsKey: file("self-signed.key") };
    server = await startReferenceServer(tls);
    to = ["--url", server.url, "--insecure"];
    settings = { cwd, env: { SCIM_TOKEN: server.token ?? "", XDG_STATE_HOME: join(cwd, "state") } };
  });
  afterAll(() => server.close());

  const scenario = ["--scenario", "okta/credentials/*"];
  const load = ["smoke", "--rate", "5/s", "--for", "1s", "--warm-up", "0s", "--users", "2", "--groups", "1"];
  const reports = (formats: readonly string[]) =>
    formats.flatMap((format) => ["--report", `${format}:${join(cwd, `report.${format}`)}`]);
  /** Formats whose report does not say it. The reports are gone afterwards, so that none is read twice. */
  const silent = (formats: readonly string[]) =>
    formats.filter((format) => {
      const path = join(cwd, `report.${format}`);
      const text = read(readFileSync(path, "utf8"));
      rmSync(path);
      return !text.includes(IN_REPORTS);
    });

  it("without it nothing is judged", async () => {
    const { stdout, code } = await inProcess(["run", "--url", server.url, ...scenario], settings);
    expect([stdout.includes("Stopped before anything was judged (tls)"), code]).toEqual([true, 3]);
    expect(stdout).not.toContain(IN_REPORTS);
  });

  it.each([[[]], [["--verbose"]], [["--quiet"]]])("by a run in every format (%s)", async (how) => {
    const formats = await formatNames();
    const run = await inProcess(["run", ...to, ...scenario, ...how, ...reports(formats)], settings);
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining(WARNING)]);
    expect(silent(formats)).toEqual([]);
  });

  it("by a run that a settings file makes insecure, and by one that is stopped", async () => {
    const formats = await formatNames();
    writeFileSync(join(cwd, "settings.yaml"), "insecure: true\n");
    const config = ["--config", join(cwd, "settings.yaml")];
    const env = { ...settings.env, SCIM_TOKEN: "wrong" };
    const given = ["run", "--url", server.url, ...config, ...scenario, ...reports(formats)];
    const stopped = await inProcess(given, { ...settings, env });
    expect([stopped.code, stopped.stderr]).toEqual([3, expect.stringContaining(WARNING)]);
    expect(silent(formats)).toEqual([]);
  });

  it("by a load in every format, also when its shards are merged without it", async () => {
    const formats = await loadFormatNames();
    const whole = await inProcess(["load", ...load, ...to, "--quiet", ...reports(formats)], settings);
    expect(whole.stderr).toContain(WARNING);
    expect(silent(formats)).toEqual([]);
    const shard = await inProcess(
      ["load", ...load, ...to, "--shard", "1/1", "--out", "shard.json"],
      settings,
    );
    expect([shard.code, shard.stderr]).toEqual([0, expect.stringContaining(WARNING)]);
    await inProcess(["merge", "shard.json", ...reports(formats)], settings);
    expect(silent(formats)).toEqual([]);
  });

  it("by the preview of a run and of a load, and by cleanup", async () => {
    for (const command of [["run", ...scenario, "--dry-run"], ["load", ...load, "--dry-run"], ["cleanup"]]) {
      const { stderr } = await inProcess([...command, ...to], settings);
      expect([command, stderr]).toEqual([command, expect.stringContaining(WARNING)]);
    }
  });
});
