import { describe, expect, it } from "vitest";
import type { Scenario } from "../../../../src/model/scenario.ts";
import { behaviour, scenario } from "../../conformance/bench.ts";
import { stage } from "../stage.ts";
import { onRequest, rawServer, sockets } from "./asking.ts";

const CATALOGUE = [behaviour("B-01")];
const person = (label: string) =>
  scenario(
    "create",
    `repeatable: true
steps:
  - id: create
    send: POST /Users
    body: { $from: okta/user.json, $for: ${label} }
`,
    CATALOGUE,
  );

/** What two plays of a scenario write, to a server that refuses everything. */
async function requestsOf(one: Scenario): Promise<readonly string[]> {
  const seen: string[] = [];
  const server = await rawServer((socket) =>
    onRequest(socket, (request) => {
      seen.push(request);
      socket.write("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
    }),
  );
  const wire = await sockets(server.url);
  const on = stage({ mix: [one], setup: { wire } });
  await on.play({}, {});
  await wire.close();
  await server.close();
  return seen;
}

describe("a compiled request on a socket", () => {
  it.each(["plain", "plus", "apostrophe", "non-ascii", "mixed-case"])(
    "of a person called %s is as long as it says, and JSON",
    async (label) => {
      const seen = await requestsOf(person(label));
      expect(seen).toHaveLength(2);
      for (const request of seen) {
        const body = Buffer.from(request.slice(request.indexOf("\r\n\r\n") + 4), "latin1").toString("utf8");
        expect(JSON.parse(body)).toMatchObject({ userName: expect.stringMatching(/scim-check-abc123-\d/i) });
      }
    },
  );

  it("without anything of a play in it is the same each time, and as long as it says", async () => {
    const same = scenario(
      "same",
      `repeatable: true
steps:
  - { id: look, send: "GET /Users?count=1" }
  - { id: search, send: POST /Users/.search, text: '{"filter":"userName eq \\"caf\u00e9\\""}' }
  - { id: nothing, send: POST /Users, text: "" }
`,
      CATALOGUE,
    );
    const seen = await requestsOf(same);
    expect(seen).toHaveLength(6);
    const [look = "", nothing, search = "", ...others] = [...new Set(seen)].toSorted();
    expect(others).toEqual([]);
    expect(look.startsWith("GET /scim/Users?count=1 HTTP/1.1\r\n") && look.endsWith("\r\n\r\n")).toBe(true);
    expect(look).not.toMatch(/content-length/i);
    expect(Buffer.from(search, "latin1").toString("utf8")).toMatch(
      /content-length: 34\r\n\r\n\{"filter":"userName eq \\"caf\u00e9\\""\}$/,
    );
    expect(nothing).toMatch(/content-length: 0\r\n\r\n$/);
  });
});
