import { expect } from "vitest";
import type { Answer } from "../../src/model/exchange.ts";
import type { SeenClaim } from "../../src/model/self-test.ts";
import { speak } from "../../src/okta/headers.ts";
import type { Handle, ServerRequest } from "../../src/reference-server/message.ts";
import { Observer } from "../../src/self-test/observe.ts";
import { loadLibrary } from "../../src/wiring/library.ts";
import { systemClock } from "../../src/wiring/system-clock.ts";
import { startTrialServer } from "../../src/wiring/trial-server.ts";

export type Reply = Pick<Answer, "status" | "headers" | "body">;
export type Sort = Pick<ServerRequest, "method" | "target">;

export const JSON_TYPE = [["Content-Type", "application/scim+json"]] as const;
export const json = (status: number, body: unknown): Reply => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify(body),
});
export const refused = (status: number): Reply =>
  json(status, {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    detail: "It cannot be done, whatever it is.",
    status: String(status),
  });

/** Without its first page of users, a run is broken off at once. */
export const isCredentialTest = ({ method, target }: Sort) =>
  method === "GET" && target.endsWith("/Users?startIndex=1&count=2");

const wraps = new Map<string, (handle: Handle) => Handle>();

async function observing(): Promise<Observer> {
  const library = await loadLibrary();
  return new Observer(
    {
      ...library,
      ...{ speak, toolVersion: "0.0.0", realClock: systemClock(), seed: 1 },
      signal: new AbortController().signal,
      startServer: ({ name }, clock, random, ids) => {
        const wrap = wraps.get(name);
        const variations = wrap === undefined ? [] : [{ make: () => ({ wrap }) }];
        return startTrialServer(variations, "app", clock, random, ids);
      },
    },
    { isWhole: false },
  );
}

let observer: Promise<Observer> | undefined;

/** What is said of a server that answers like the sound one, but for what is not `isSound`. */
export async function claimsOn(
  name: string,
  isSound: (request: Sort) => boolean,
  answer: (request: ServerRequest) => Reply,
): Promise<readonly SeenClaim[]> {
  wraps.set(name, (handle) => (request) => (isSound(request) ? handle(request) : answer(request)));
  observer ??= observing();
  const seen = await (await observer).observe({
    ...{ kind: "quirk", name, title: "", layer: "app" },
    ...{ variations: [], target: [], also: [] },
  });
  expect(seen.crashed).toBe(undefined);
  return seen.claims;
}
