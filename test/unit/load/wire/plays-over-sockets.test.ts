import { describe, expect, it } from "vitest";
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

describe("a compiled request on a socket", () => {
  it.each(["plain", "plus", "apostrophe", "non-ascii", "mixed-case"])(
    "of a person called %s is as long as it says, and JSON",
    async (label) => {
      const seen: string[] = [];
      const server = await rawServer((socket) =>
        onRequest(socket, (request) => {
          seen.push(request);
          socket.write("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
        }),
      );
      const wire = await sockets(server.url);
      const on = stage({ mix: [person(label)], setup: { wire } });
      await on.play({}, {});
      await wire.close();
      await server.close();
      expect(seen).toHaveLength(2);
      for (const request of seen) {
        const body = Buffer.from(request.slice(request.indexOf("\r\n\r\n") + 4), "latin1").toString("utf8");
        expect(JSON.parse(body)).toMatchObject({ userName: expect.stringMatching(/scim-check-abc123-\d/i) });
      }
    },
  );
});
