import { describe, expect, it } from "vitest";
import { github } from "../../../src/report/github.ts";
import { REMARKS, sampleReport, soundReport, stoppedReport } from "./sample-report.ts";

const commands = (report = sampleReport()) =>
  github
    .render(report, {})
    .split("\n")
    .filter((line) => line.startsWith("::"));

/** As the runner reads a command. */
function parsed(line: string) {
  const [, kind = "", given = "", message = ""] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
  const unescaped = (text: string) =>
    text
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%25", "%");
  const properties = Object.fromEntries(
    given.split(",").map((pair) => [pair.split("=")[0], unescaped(pair.split("=").slice(1).join("="))]),
  );
  return { kind, properties, message: unescaped(message) };
}

describe("the format for GitHub Actions", () => {
  it("makes a broken must an error, an open must or a broken should a warning, and the rest a notice", () => {
    const kinds = Object.fromEntries(
      commands().map((line) => {
        const { kind, properties } = parsed(line);
        return [properties.title, kind];
      }),
    );
    expect(kinds).toMatchObject({
      "OKTA-CREATE-04": "error",
      "OKTA-PATCH-02": "error",
      "OKTA-IMPORT-04": "warning",
      "OKTA-READ-06": "warning",
      "OKTA-GROUP-03": "notice",
    });
    expect(Object.keys(kinds)).not.toContain("OKTA-CRED-01");
  });

  it("says in each what was seen, what Okta does and how to mend it", () => {
    const error = commands()
      .map(parsed)
      .find(({ properties }) => properties.title === "OKTA-PATCH-02");
    expect(error?.message).toMatch(/expected 200 or 204, got 501\nIf broken: .+\nTo mend: /);
  });

  it("is one command a line, whatever a server said", () => {
    const count = commands().length;
    for (const said of ["a\n::error::b", "100% , a:b\r\nc", "\u2028::stop-commands::x"]) {
      const written = commands(sampleReport({ said }));
      expect(written.length).toBe(count);
      for (const line of written) expect(["error", "warning", "notice"]).toContain(parsed(line).kind);
    }
  });

  it("names a file only for scenarios of the team's own", () => {
    expect(commands().some((line) => line.includes("file="))).toBe(false);
    const own = sampleReport();
    const scenarios = own.scenarios.map((one) => ({ ...one, file: `my, scenarios/${one.id}.yaml` }));
    const files = commands({ ...own, scenarios }).map((line) => parsed(line).properties.file);
    expect(files).toContain("my, scenarios/okta/users/create.yaml");
  });

  it("keeps to the ten annotations of a kind that GitHub shows, and names the others in the last", () => {
    const broken = sampleReport().behaviours.filter(({ id }) => id === "OKTA-PATCH-02");
    const behaviours = Array.from({ length: 25 }, (_, index) =>
      broken.map((one) => ({ ...one, id: `X-${index}` })),
    ).flat();
    const written = commands({ ...sampleReport(), behaviours, causes: [], notes: [] }).map(parsed);
    expect(written.length).toBe(10);
    expect(written.at(-1)?.message).toContain("X-24");
    const open = behaviours.map((one) => ({ ...one, verdict: { kind: "unknown" as const, why: "so" } }));
    const warnings = commands({ ...sampleReport(), ...REMARKS, behaviours: open, causes: [] }).map(parsed);
    expect(warnings.filter(({ kind }) => kind === "warning").length).toBe(10);
    expect(warnings[0]?.message).toBe(REMARKS.notes.join("\n"));
  });

  it("is never without an error where the run did not end well", () => {
    const sound = soundReport();
    const interrupted = {
      ...sound,
      outcome: { ...sound.outcome, exitCode: 130 as const, why: "interrupted." },
    };
    expect(commands(sound).filter((line) => line.startsWith("::error"))).toEqual([]);
    expect(commands(interrupted).at(-1)).toMatch(/^::error .*Interrupted/);
    expect(commands(stoppedReport())[0]).toMatch(/^::error .*Set SCIM_TOKEN/);
  });
});
