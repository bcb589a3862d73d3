import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { formatNames, startReferenceServer } from "../../src/index.ts";
import { cli } from "./cli.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** People and groups who are none of our business. */
const PEOPLE = ["Zaphod Canarybird", "Trillian Canarywoman", "Arthur O'Canary"];

async function inhabitedServer(settings: Parameters<typeof startReferenceServer>[0] = {}) {
  const server = await startReferenceServer(settings);
  closing.push(() => server.close());
  const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/scim+json" };
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${server.url}${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { readonly id: string };
  };
  const members: { readonly value: string }[] = [];
  for (const name of PEOPLE) {
    const [givenName = "", familyName = ""] = name.split(" ");
    const userName = `${givenName}.${familyName}@canary.example`.toLowerCase();
    const { id } = await post("/Users", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName,
      name: { givenName, familyName },
      emails: [{ value: userName, primary: true }],
      displayName: name,
      externalId: `canary-${givenName}`,
      active: true,
    });
    members.push({ value: id });
  }
  for (const displayName of ["Canary Engineering", "Canary Sales"]) {
    await post("/Groups", { schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"], displayName, members });
  }
  const everything = async () => {
    const lists = ["Users", "Groups"].map(async (name) =>
      (await fetch(`${server.url}/${name}?count=1000`, { headers })).text(),
    );
    return Promise.all(lists);
  };
  return { server, everything };
}

describe("what a run did not make", () => {
  it("is the same to the last byte after everything was played, and masked in every format", async () => {
    const { server, everything } = await inhabitedServer();
    const before = await everything();
    const cwd = mkdtempSync(join(tmpdir(), "scim-check-foreign-"));
    const formats = await formatNames();
    const reports = formats.flatMap((format) => ["--report", `${format}:report.${format}`]);
    const run = await cli(
      ["run", "--url", server.url, "--standard", "rfc", "--large-group", "300", "--verbose", ...reports],
      {
        cwd,
        env: { SCIM_TOKEN: server.token ?? "", XDG_STATE_HOME: join(cwd, "state") },
      },
    );
    expect([0, 3]).toContain(run.code);
    expect(await everything()).toEqual(before);
    expect(readdirSync(join(cwd, "state", "scim-check"))).toEqual([]);
    // They were seen: an import walks over everybody.
    expect(readFileSync(join(cwd, "report.json"), "utf8")).toContain("«masked»");
    for (const text of [
      run.stdout,
      run.stderr,
      ...formats.map((format) => readFileSync(join(cwd, `report.${format}`), "utf8")),
    ]) {
      expect(text.match(/.{0,80}canary.{0,40}/i)?.[0]).toBeUndefined();
    }
  });

  it("is left alone by a clean-up that cannot delete: people are deactivated, and listed with what is left to do", async () => {
    const { server, everything } = await inhabitedServer({ quirk: ["delete-of-users-answered-405"] });
    const before = await everything();
    const cwd = mkdtempSync(join(tmpdir(), "scim-check-foreign-"));
    const env = { SCIM_TOKEN: server.token ?? "", XDG_STATE_HOME: join(cwd, "state") };
    const run = await cli(["run", "--url", server.url, "--scenario", "okta/users/create"], { cwd, env });
    expect(run.stdout).toMatch(
      /Users scim-check-\S+ is deactivated but still there: DELETE was answered 4\d\d/,
    );
    expect(run.stdout).toMatch(/Delete it in the\s+product itself/);
    expect(run.stdout).not.toContain("curl");
    const cleaned = await cli(["cleanup", "--url", server.url], { cwd, env });
    expect(cleaned.stdout).toMatch(/is deactivated but still there/);
    expect(cleaned.stdout).toContain("ask whoever runs the server");
    expect(cleaned.stdout).not.toContain("curl");
    expect(cleaned.code).toBe(3);
    const forgotten = await cli(["cleanup", "--url", server.url, "--forget"], { cwd, env });
    expect(forgotten.code).toBe(0);
    expect((await cli(["cleanup", "--url", server.url], { cwd, env })).stdout).toBe(
      "No run left anything behind.\n",
    );
    const [users = ""] = await everything();
    const resources = (JSON.parse(users) as { Resources: { userName: string; active: boolean }[] }).Resources;
    const ours = resources.filter(({ userName }) => userName.startsWith("scim-check-"));
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.filter(({ active }) => active)).toEqual([]);
    const others = resources.filter((one) => !ours.includes(one));
    expect(others).toEqual((JSON.parse(before[0] ?? "") as { Resources: object[] }).Resources);
  });
});
