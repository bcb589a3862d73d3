import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_CEILINGS, LARGEST_BURST, LARGEST_GROUP } from "../../../src/config/ceilings.ts";
import { type Intention, refusals } from "../../../src/config/consent.ts";
import { run } from "../../../src/index.ts";
import { BadInput } from "../../../src/model/problem.ts";

const WRITING: Intention = {
  host: "scim.example.com",
  isLoopback: false,
  writes: true,
  users: 10,
  groups: 1,
  members: 10,
  requests: 100,
  burst: 0,
};

const places = (intention: Partial<Intention>, allowWrites: readonly string[] = ["scim.example.com"]) =>
  refusals({ ...WRITING, ...intention }, allowWrites, DEFAULT_CEILINGS).map(({ place }) => place.file);

describe("writing to a host", () => {
  it.each<[string, string, readonly string[], boolean]>([
    ["that nobody named", "scim.example.com", [], false],
    ["that was named", "scim.example.com", ["scim.example.com"], true],
    ["that was named in capitals", "scim.example.com", ["SCIM.Example.Com"], true],
    ["that was named among others", "scim.example.com", ["other.example", "scim.example.com"], true],
    ["with a port, named without", "scim.example.com:8443", ["scim.example.com"], true],
    ["with a port, named with it", "scim.example.com:8443", ["scim.example.com:8443"], true],
    ["with a port, named with another", "scim.example.com:8443", ["scim.example.com:9443"], false],
    ["without a port, named with one", "scim.example.com", ["scim.example.com:8443"], false],
    ["when a part of its name was given", "scim.example.com", ["example.com"], false],
    ["when more than its name was given", "example.com", ["scim.example.com"], false],
    ["when nothing was given as a name", "scim.example.com", [""], false],
    ["by its address of version 6", "[2001:db8::1]:8080", ["[2001:db8::1]"], true],
  ])("%s (%s, %j): %s", (_, host, allowed, isAllowed) => {
    expect(places({ host }, allowed)).toEqual(isAllowed ? [] : ["--allow-writes"]);
  });

  it("is free on this machine, without any ceiling", () => {
    expect(places({ isLoopback: true, users: 40_000, requests: 1_000_000 }, [])).toEqual([]);
  });

  it("needs no consent when nothing is written", () => {
    expect(places({ writes: false }, [])).toEqual([]);
  });
});

describe("a ceiling", () => {
  it.each(["users", "groups", "members", "requests"] as const)(
    "of %s stops what exceeds it, and says how to raise it",
    (subject) => {
      const ceiling = DEFAULT_CEILINGS[subject];
      expect(places({ [subject]: ceiling })).toEqual([]);
      const [problem] = refusals(
        { ...WRITING, [subject]: ceiling + 1 },
        ["scim.example.com"],
        DEFAULT_CEILINGS,
      );
      expect(problem?.place.file).toBe(`--max-${subject}`);
      expect(problem?.next).toContain(`--max-${subject} ${ceiling + 1}`);
    },
  );

  it("is told together with the others that are exceeded", () => {
    expect(places({ users: 5_000, requests: 50_000 })).toEqual(["--max-users", "--max-requests"]);
  });
});

describe("the hard limits", () => {
  it.each([true, false])("hold on every host (loopback: %s)", (isLoopback) => {
    expect(places({ isLoopback, members: LARGEST_GROUP + 1, users: 0 })).toContain("--large-group");
    expect(places({ isLoopback, burst: LARGEST_BURST + 1 })).toContain("--burst");
  });

  it("are not reached by the largest that is permitted", () => {
    expect(places({ isLoopback: true, members: LARGEST_GROUP, burst: LARGEST_BURST })).toEqual([]);
  });
});

/** Counts who connects while something else happens. */
async function connectionsDuring(act: (port: number) => Promise<unknown>): Promise<number> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  try {
    await act(port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
  return connections;
}

describe("a run that is refused", () => {
  const context = () => ({ stateFolder: mkdtempSync(join(tmpdir(), "scim-check-consent-")) });

  it.each([
    ["because the host was not named", {}],
    ["because another host was named", { allowWrites: ["other.example"] }],
    ["because a burst is too large", { allowWrites: ["scim.example.invalid"], burst: LARGEST_BURST + 1 }],
    ["because a ceiling is exceeded", { allowWrites: ["scim.example.invalid"], maxUsers: 1 }],
  ])("%s sends not one byte", async (_, options) => {
    const proxied = process.env.HTTP_PROXY;
    const connections = await connectionsDuring(async (port) => {
      // Whatever went to the host would go through this proxy, so that even a look-up of its name would be seen.
      process.env.HTTP_PROXY = `http://127.0.0.1:${port}`;
      try {
        const running = run(
          { url: "http://scim.example.invalid/scim/v2", noAuth: true, ...options },
          context(),
        );
        await expect(running).rejects.toBeInstanceOf(BadInput);
      } finally {
        if (proxied === undefined) delete process.env.HTTP_PROXY;
        else process.env.HTTP_PROXY = proxied;
      }
    });
    expect(connections).toBe(0);
  });

  it("would have been seen: an allowed run does connect", async () => {
    const connections = await connectionsDuring(async (port) => {
      const report = await run({ url: `http://127.0.0.1:${port}/scim/v2`, noAuth: true }, context());
      expect(report.outcome.exitCode).toBe(3);
    });
    expect(connections).toBeGreaterThan(0);
  });

  it("by the person in front of the screen stays refused, and is asked about the host once", async () => {
    const asked: string[] = [];
    const running = run(
      { url: "http://scim.example.invalid/scim/v2", noAuth: true },
      {
        ...context(),
        mayWrite: async (host) => {
          asked.push(host);
          return false;
        },
      },
    );
    await expect(running).rejects.toThrow("--allow-writes scim.example.invalid");
    expect(asked).toEqual(["scim.example.invalid"]);
  });
});
