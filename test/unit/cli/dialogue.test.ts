import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { openDialogue } from "../../../src/cli/dialogue.ts";
import type { Host } from "../../../src/cli/host.ts";
import { main } from "../../../src/cli/main.ts";

const CTRL_C = "\x03";
const CTRL_D = "\x04";

/** A terminal at which everything is typed before the first question is asked, as a paste of several lines is. */
function terminal(args: readonly string[], typed: string) {
  const cwd = mkdtempSync(join(tmpdir(), "scim-check-dialogue-"));
  const asTerminal = () => Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  const [stdin, stderr] = [asTerminal(), asTerminal()];
  stdin.write(typed);
  const listeners = new Map<string, (bug?: unknown) => void>();
  const host: Host = {
    argv: ["node", "scim-check", ...args],
    env: { XDG_STATE_HOME: cwd },
    stdin,
    stderr,
    stdout: new PassThrough(),
    cwd: () => cwd,
    on: (event: string, listener: (bug?: unknown) => void) => listeners.set(event, listener),
    off: (event) => listeners.delete(event),
  };
  const told = () => String(stderr.read() ?? "");
  return { host, cwd, told, signal: (name: string) => listeners.get(name)?.(), stderr };
}

describe("questions at a terminal", () => {
  it("take lines that were typed ahead, in their order, and show each behind its question", async () => {
    const { host, cwd, told } = terminal(
      ["init"],
      "http://localhost:8080/scim/v2\noin\nnonsense\noauth\nhttps://id.example.com/token\nci\n\n",
    );
    expect(await main(host)).toBe(0);
    expect(parse(readFileSync(join(cwd, "scim-check.yaml"), "utf8"))).toMatchObject({
      url: "http://localhost:8080/scim/v2",
      "okta-app": "oin",
      auth: "oauth",
      "oauth-token-url": "https://id.example.com/token",
      "oauth-client-id": "ci",
    });
    expect(existsSync(join(cwd, ".github/workflows/scim-check.yml"))).toBe(true);
    expect(told()).toContain("Id of the OAuth client: ci\n");
  });

  it("that nobody answers to the end are exit 2, and nothing is written", async () => {
    const { host, cwd, told } = terminal(["init"], `http://localhost:8080/scim/v2\noin\n${CTRL_D}`);
    expect(await main(host)).toBe(2);
    expect(told()).toMatch(
      /The answers ended before the last question, and nothing was written\. Answer each/,
    );
    expect(existsSync(join(cwd, "scim-check.yaml"))).toBe(false);
  });

  it("that are left with Ctrl-C are exit 130, and no bug", async () => {
    const { host, cwd, told } = terminal(["init"], `http://localhost:8080/scim/v2\n${CTRL_C}`);
    expect(await main(host)).toBe(130);
    expect(told()).not.toMatch(/bug/);
    expect(existsSync(join(cwd, "scim-check.yaml"))).toBe(false);
  });

  it("come to an end again and again", async () => {
    const dialogue = openDialogue(terminal([], CTRL_D).host);
    expect(await dialogue.ask("One: ")).toBeUndefined();
    expect(await dialogue.ask("Two: ")).toBeUndefined();
    dialogue.close();
  });
});

describe("the question whether a host may be written to", () => {
  const ARGS = [
    "run",
    "--url",
    "http://staging.example.com/scim/v2",
    "--no-auth",
    "--scenario",
    "okta/users/create",
    "--quiet",
  ];

  it.each([
    ["another host", "production.example.com\n", 2],
    ["the end of the input", CTRL_D, 2],
    ["Ctrl-C", CTRL_C, 130],
  ])("answered by %s allows nothing", async (_, typed, code) => {
    const { host, told } = terminal(ARGS, typed);
    expect(await main(host)).toBe(code);
    const refusal = /nobody has allowed that\. Name the host a second time/.test(told());
    expect(refusal).toBe(code === 2);
  });

  it("does not outlast a SIGTERM", async () => {
    const { host, signal, stderr } = terminal(ARGS, "");
    stderr.on("data", (text) => {
      if (String(text).includes("Type the host")) signal("SIGTERM");
    });
    expect(await main(host)).toBe(130);
  });
});
