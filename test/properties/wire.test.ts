import fc from "fast-check";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { createSend, type Sender } from "../../src/http/index.ts";
import { seededRandom } from "../../src/model/clock.ts";
import { percentEncoded } from "../../src/model/percent.ts";
import { URN } from "../../src/model/scim.ts";
import {
  createReferenceServer,
  type Listening,
  listen,
  type ReferenceServer,
} from "../../src/reference-server/index.ts";
import { systemClock } from "../../src/wiring/system-clock.ts";
import { steeredClock } from "../unit/reference-server/client.ts";
import { holds } from "./property.ts";

const HEADERS: readonly [string, string][] = [["Content-Type", "application/scim+json; charset=utf-8"]];

/** One server and one sender, through a real socket; what a property makes it takes away again. */
let started:
  | { readonly server: ReferenceServer; readonly at: Listening; readonly sender: Sender }
  | undefined;

beforeAll(async () => {
  const server = createReferenceServer({ clock: steeredClock(), random: seededRandom(1) });
  const at = await listen(server);
  const sender = createSend({ baseUrl: new URL(at.url), credential: { kind: "none" }, clock: systemClock() });
  started = { server, at, sender };
});
afterAll(async () => {
  await started?.sender.close();
  await started?.at.close();
});

async function sent(method: string, path: string, body?: object) {
  if (started === undefined) throw new Error("the server has not started");
  const { outcome } = await started.sender.send(
    { method, path, headers: HEADERS, ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
    new AbortController().signal,
  );
  if (outcome.kind !== "answer") throw new Error(`${outcome.reason}: ${outcome.detail}`);
  return { status: outcome.status, body: outcome.body === "" ? {} : JSON.parse(outcome.body) };
}

// A name that is nothing but white space is refused, which is another matter.
const name = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
    fc.constantFrom(
      "a+b@x",
      "a&b=c",
      'a"b',
      "a\\b",
      "a%20b",
      "%",
      "#",
      "?",
      "a/b",
      "Zoë",
      "ß",
      "\u{1F600}",
      "a\u0000b",
      "[]{}",
      ";",
    ),
  )
  .filter((text) => text.trim() !== "" && !/\p{Surrogate}/u.test(text));

describe("any text at all", () => {
  holds(
    "wire-filter",
    "in a filter reaches the server as it is, and finds whom it names and nobody else",
    name,
    async (userName) => {
      const created = await sent("POST", "/Users", { schemas: [URN.user], userName, title: userName });
      expect([created.status, created.body.userName]).toEqual([201, userName]);
      try {
        for (const attribute of ["userName", "title"]) {
          const filter = `${attribute} eq ${JSON.stringify(userName)}`;
          const found = await sent("GET", `/Users?filter=${percentEncoded(filter)}&startIndex=1&count=100`);
          expect([found.status, found.body.totalResults]).toEqual([200, 1]);
          expect(found.body.Resources[0].userName).toBe(userName);
          const other = await sent(
            "GET",
            `/Users?filter=${percentEncoded(`${attribute} eq ${JSON.stringify(`${userName}x`)}`)}`,
          );
          expect(other.body.totalResults).toBe(0);
        }
      } finally {
        expect((await sent("DELETE", `/Users/${created.body.id}`)).status).toBe(204);
      }
    },
    { runs: 120 },
  );
});
