import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/model/clock.ts";
import type { Json } from "../../../src/model/json.ts";
import { URN } from "../../../src/model/scim.ts";
import { soundOperations } from "../../../src/reference-server/index.ts";
import { quirks } from "../../../src/reference-server/quirks/index.ts";
import type { Quirk } from "../../../src/reference-server/quirks/quirk.ts";
import { type Character, characterOf } from "../../../src/reference-server/variation.ts";
import { type Client, client, steeredClock } from "./client.ts";

const named = (name: string): Quirk => {
  const quirk = quirks.find((one) => one.name === name);
  if (quirk === undefined) throw new Error(`no quirk named ${name}`);
  return quirk;
};

/** A server with these quirks whose clock is the one that the quirks see. */
function serverWith(...all: readonly Quirk[]): { readonly it: Client; readonly character: Character } {
  const clock = steeredClock();
  const character = characterOf(all, { clock, random: seededRandom(3), operations: soundOperations });
  const { latency: _latency, origin: _origin, write: _write, ...options } = character;
  const it = client({ clock, token: "t0ken", ...options });
  return { it: { ...it, clock }, character };
}

const AUTH = [
  ["Content-Type", "application/scim+json"],
  ["Authorization", "Bearer t0ken"],
] as const;

const person = (userName: string) => ({
  schemas: [URN.user, URN.enterpriseUser],
  userName,
  name: { givenName: "Zoë", familyName: "O'Hara" },
  displayName: "Zoë O'Hara",
  emails: [{ value: `${userName}@example.com`, type: "work", primary: true }],
  externalId: "00u1",
  title: "Boss",
  locale: "en-US",
  password: "s3cret",
  [URN.enterpriseUser]: { department: "Tests" },
});

/** Asks for a little of everything, and returns each reply as it stands. */
function conversation({ it: { send, clock } }: { readonly it: Client }): readonly string[] {
  const replies: string[] = [];
  const ask = (method: string, path: string, body?: Json) => {
    const { status, headers, text } = send(method, path, body, AUTH);
    replies.push(JSON.stringify([method, path, status, headers, text]));
    clock.advance(1_000);
    return text === "" ? {} : JSON.parse(text);
  };
  const patch = (path: string, ...Operations: readonly Json[]) =>
    ask("PATCH", path, { schemas: [URN.patchOp], Operations });
  const ids = Array.from(
    { length: 60 },
    (_, index): string => ask("POST", "/Users", person(`user${index}`)).id,
  );
  const [one = "", two = ""] = ids.map(encodeURIComponent);
  ask("POST", "/Users", person("user0"));
  ask("POST", "/Users", { ...person("other"), emails: [{ value: "user1@example.com" }] });
  ask("POST", "/Users", { ...person("long"), title: "x".repeat(300) });
  ask("GET", `/Users/${one}`);
  ask("PUT", `/Users/${one}`, { schemas: [URN.user], userName: "user0" });
  patch(`/Users/${two}`, { op: "replace", value: { active: false } });
  patch(`/Users/${two}`, { op: "replace", value: { password: "n3w" } });
  ask("GET", "/Users");
  ask("GET", "/Users?startIndex=1&count=100&sortBy=userName&sortOrder=descending");
  ask("GET", `/Users?filter=${encodeURIComponent('userName eq "nobody"')}`);
  ask("GET", `/Users?filter=${encodeURIComponent('externalId eq "00u1"')}`);
  ask("GET", `/Users?filter=${encodeURIComponent('userName co "user"')}`);
  ask("GET", "/Users?filter=nonsense");
  ask("POST", "/Users/.search", { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"] });
  const make = (displayName: string, members: readonly string[]) =>
    ask("POST", "/Groups", {
      schemas: [URN.group],
      displayName,
      members: members.map((value) => ({ value })),
    }).id;
  const group = encodeURIComponent(make("Few", ids.slice(0, 3)));
  make("Few", []);
  make("None", []);
  make("Many", ids);
  make("Strange", ["nobody"]);
  ask("GET", "/Groups");
  ask("GET", `/Groups/${group}`);
  patch(`/Groups/${group}`, { op: "add", path: "members", value: [{ value: ids[4] ?? "" }] });
  patch(`/Groups/${group}`, { op: "add", path: "members", value: [{ value: "nobody" }] });
  patch(
    `/Groups/${group}`,
    ...ids.concat(ids).map((id) => ({ op: "remove", path: `members[value eq "${id}"]` })),
  );
  ask("GET", `/Users/${one}`);
  for (const path of ["/ServiceProviderConfig", "/ResourceTypes", "/Schemas", "/Nothing"]) ask("GET", path);
  ask("POST", `/Users/${one}`, {});
  ask("DELETE", `/Users/${one}`);
  ask("GET", `/Users/${one}`);
  ask("DELETE", `/Groups/${group}`);
  for (const path of ["/Users", "/Users/00919288221112222"]) {
    const { status, headers } = send("GET", path, undefined, []);
    replies.push(JSON.stringify([status, headers]));
  }
  return replies;
}

describe("every quirk", () => {
  const sound = conversation(serverWith());

  it.each(quirks.filter(({ layer }) => layer === "app").map((quirk) => [quirk.name, quirk] as const))(
    "%s can be seen in what the server answers, or in how long it takes",
    (_name, quirk) => {
      const server = serverWith(quirk);
      const differs =
        server.character.latency !== undefined ||
        server.character.rateLimit !== undefined ||
        conversation(server).some((reply, index) => reply !== sound[index]) ||
        lags(quirk);
      expect(differs).toBe(true);
    },
  );

  it.each(quirks.filter(({ layer }) => layer === "wire").map((quirk) => [quirk.name, quirk] as const))(
    "%s writes replies in a way of its own",
    (_name, quirk) => {
      expect(serverWith(quirk).character.write).toBeTypeOf("function");
    },
  );

  /** Whether a look-up right after a create finds nobody. */
  function lags(quirk: Quirk): boolean {
    const { it } = serverWith(quirk);
    it.send("POST", "/Users", person("late"), AUTH);
    return it.get(`/Users?filter=${encodeURIComponent('userName eq "late"')}`, AUTH).body.totalResults === 0;
  }
});

describe("a server whose reads lag", () => {
  const { it: server } = serverWith(named("reads-lag-by-1500-ms"));
  const created = server.send("POST", "/Users", person("late"), AUTH);
  const read = () => server.get(`/Users/${created.body.id}`, AUTH);

  it("shows a write when its time has come, as the write left it, and not before", () => {
    expect(read().status).toBe(404);
    server.clock.advance(1_499);
    expect(read().status).toBe(404);
    server.clock.advance(1);
    expect(read().body).toEqual(created.body);
    const changed = server.send(
      "PUT",
      `/Users/${created.body.id}`,
      { ...person("late"), title: "Head" },
      AUTH,
    );
    server.clock.advance(1_000);
    server.send("DELETE", `/Users/${created.body.id}`, undefined, AUTH);
    expect(read().body.title).toBe("Boss");
    server.clock.advance(500);
    expect(read().body).toEqual(changed.body);
    server.clock.advance(1_000);
    expect(read().status).toBe(404);
  });
});

describe("quirks together", () => {
  it("each have their effect, whatever the order", () => {
    const both = ["members-with-value-alone", "members-in-another-order"].map(named);
    for (const pair of [both, both.toReversed()]) {
      const { it: server } = serverWith(...pair);
      const ids = ["a", "b"].map((name) => server.send("POST", "/Users", person(name), AUTH).body.id);
      const group = server.send(
        "POST",
        "/Groups",
        { schemas: [URN.group], displayName: "Both", members: ids.map((value) => ({ value })) },
        AUTH,
      );
      expect(group.body.members).toEqual(ids.toReversed().map((value) => ({ value })));
    }
  });
});
