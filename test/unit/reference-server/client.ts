import { type Clock, seededRandom } from "../../../src/model/clock.ts";
import { type Headers, headerValue } from "../../../src/model/exchange.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { URN } from "../../../src/model/scim.ts";
import {
  createReferenceServer,
  type ReferenceServer,
  type ReferenceServerOptions,
} from "../../../src/reference-server/index.ts";

/** A clock that stands still until it is told. */
export interface SteeredClock extends Clock {
  advance(ms: number): void;
}

export function steeredClock(start = Date.UTC(2026, 0, 1)): SteeredClock {
  let now = start;
  return {
    now: () => now,
    sleep: () => Promise.resolve(),
    advance: (ms) => {
      now += ms;
    },
  };
}

export interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; an empty object when there is none. Loose on purpose: tests assert on it. */
  // biome-ignore lint/suspicious/noExplicitAny: what comes back is what the test is about
  readonly body: any;
  header(name: string): string | undefined;
}

export interface Client {
  readonly server: ReferenceServer;
  readonly clock: SteeredClock;
  send(method: string, path: string, body?: Json, headers?: Headers): Response;
  /** Sends text that need not be JSON. */
  sendText(method: string, path: string, text: string, headers?: Headers): Response;
  get(path: string, headers?: Headers): Response;
  filter(collection: string, filter: string): Response;
  patch(path: string, ...operations: readonly JsonObject[]): Response;
  /** Creates a user and returns it as the reply showed it. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  user(userName: string, more?: JsonObject): any;
  /** Creates a group and returns its id. */
  group(displayName: string, memberIds?: readonly string[]): string;
  /** The ids of a group's members, in order. */
  members(groupId: string): readonly string[];
}

export const JSON_HEADERS: Headers = [["Content-Type", "application/scim+json; charset=utf-8"]];

export function client(options: Partial<ReferenceServerOptions> = {}): Client {
  const clock = steeredClock();
  const server = createReferenceServer({ clock, random: seededRandom(7), ...options });
  const sendText: Client["sendText"] = (method, path, text, headers = JSON_HEADERS) => {
    const target = `${server.settings.basePath}${path}`;
    const origin = "https://scim.test";
    const { status, headers: replied, body } = server.handle({ method, target, headers, body: text, origin });
    return {
      status,
      headers: replied,
      text: body,
      body: body === "" ? {} : JSON.parse(body),
      header: (name) => headerValue(replied, name),
    };
  };
  const send: Client["send"] = (method, path, body, headers) =>
    sendText(method, path, body === undefined ? "" : JSON.stringify(body), headers);
  const get: Client["get"] = (path, headers) => send("GET", path, undefined, headers);
  return {
    server,
    clock,
    send,
    sendText,
    get,
    filter: (collection, filter) => get(`/${collection}?filter=${encodeURIComponent(filter)}`),
    patch: (path, ...Operations) => send("PATCH", path, { schemas: [URN.patchOp], Operations }),
    user: (userName, more = {}) => send("POST", "/Users", { schemas: [URN.user], userName, ...more }).body,
    group: (displayName, memberIds = []) =>
      send("POST", "/Groups", {
        schemas: [URN.group],
        displayName,
        members: memberIds.map((value) => ({ value })),
      }).body.id,
    members: (groupId) => get(`/Groups/${groupId}`).body.members.map(({ value }: { value: string }) => value),
  };
}

/** The userNames of a list, in order. */
export function userNames(response: Response): readonly string[] {
  return response.body.Resources.map(({ userName }: { userName: string }) => userName);
}
