import { describe, expect, it } from "vitest";
import { externalIdKept } from "../../../src/checks/named/external-id-kept.ts";
import { groupsFollow } from "../../../src/checks/named/groups-follow.ts";
import { keptLike } from "../../../src/checks/named/kept-like.ts";
import { locationLeads, referencesLead, sameLocation } from "../../../src/checks/named/location.ts";
import { metaTimes } from "../../../src/checks/named/meta-times.ts";
import { nameFreeAgain } from "../../../src/checks/named/name-free-again.ts";
import { textShown } from "../../../src/checks/named/text-shown.ts";
import { eachOnce, onePrimary } from "../../../src/checks/named/value-sets.ts";
import type { Evidence } from "../../../src/model/evidence.ts";
import type { Exchange } from "../../../src/model/exchange.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const BASE = "https://scim.example.com/scim/v2";

/** An exchange below the base URL, with one header in its answer. */
function at(path: string, status: number, body: Json, header?: readonly [string, string]): Exchange {
  const exchange = exchangeOf(status, body, `${BASE}${path}`);
  return {
    ...exchange,
    request: { ...exchange.request, path },
    outcome:
      exchange.outcome.kind === "answer" && header !== undefined
        ? { ...exchange.outcome, headers: [header] }
        : exchange.outcome,
  };
}

const now = (exchange: Exchange, earlier: Record<string, Exchange> = {}): Evidence => ({
  ...evidenceOf(200, {}, { earlier }),
  exchanges: [exchange],
});

describe("same-location", () => {
  const meta = { meta: { location: `${BASE}/Users/1` } };
  const judged = (header: readonly [string, string] | undefined, name = "Location") =>
    sameLocation.judge(now(at("/Users", 201, meta, header)), { header: name }).kind;

  it("takes a relative address and a slash at the end for the same", () => {
    expect(judged(["location", `${BASE}/Users/1/`])).toBe("holds");
    expect(judged(["Location", "/scim/v2/Users/1"])).toBe("holds");
    expect(judged(["Location", `${BASE}/Users/2`])).toBe("broken");
  });

  it("never asks for Content-Location", () => {
    expect(judged(undefined, "Content-Location")).toBe("not-offered");
    expect(judged(["Content-Location", `${BASE}/Users/2`], "Content-Location")).toBe("broken");
  });
});

describe("location-leads", () => {
  const judged = (location: string, status = 200) =>
    locationLeads.judge(
      now(at("/Users/1", status, {}), { create: at("/Users", 201, {}, ["Location", location]) }),
      { by: "create", in: "header" },
    ).kind;

  it("wants the address at which the resource is read", () => {
    expect(judged(`${BASE}/Users/1`)).toBe("holds");
    expect(judged(`${BASE}/Users/2`)).toBe("broken");
    expect(judged(`${BASE}/Users/1`, 404)).toBe("broken");
  });

  it("takes the address with the version, where it shows the same resource", () => {
    const versioned = (status: number, body: Json, location = `${BASE}/v2/Users/1`) =>
      locationLeads.judge(
        now(at("/Users/1", 200, { id: "1" }), {
          create: at("/Users", 201, {}, ["Location", location]),
          versioned: at("/v2/Users/1", status, body),
        }),
        { by: "create", in: "header", or: "versioned" },
      ).kind;
    expect(versioned(200, { id: "1" })).toBe("holds");
    expect(versioned(200, { id: "2" })).toBe("broken");
    expect(versioned(404, {})).toBe("broken");
    expect(versioned(200, { id: "1" }, `${BASE}/v1/Users/1`)).toBe("broken");
  });

  it("is open for an address outside the base URL", () => {
    expect(judged("https://elsewhere.example.com/Users/1")).toBe("unknown");
  });
});

describe("references-lead", () => {
  const judged = (members: Json) =>
    referencesLead.judge(now(at("/Groups/9", 200, { members })), { path: "members" }).kind;

  it.each([`${BASE}/Users/1`, "../Users/1", "/scim/v2/Users/1", "Users/1"])("holds for %s", ($ref) => {
    expect(judged([{ value: "1", $ref }])).toBe("holds");
  });

  it("breaks for another resource, also among right ones", () => {
    expect(
      judged([
        { value: "1", $ref: `${BASE}/Users/1` },
        { value: "2", $ref: `${BASE}/Users/3` },
      ]),
    ).toBe("broken");
    expect(judged([{ value: "1", $ref: 5 }])).toBe("broken");
  });

  it("breaks for the right id in the wrong collection, where the collection is given", () => {
    const members = [{ value: "1", $ref: `${BASE}/Users/1` }];
    const judgedIn = (collection: string) =>
      referencesLead.judge(now(at("/Groups/9", 200, { members })), { path: "members", in: collection }).kind;
    expect(judgedIn("Users")).toBe("holds");
    expect(judgedIn("Groups")).toBe("broken");
  });

  it("asks for no $ref, and is open outside the base URL", () => {
    expect(judged([{ value: "1" }])).toBe("not-offered");
    expect(judged([{ value: "1", $ref: "https://elsewhere.example.com/Users/1" }])).toBe("unknown");
    expect(judged([])).toBe("unknown");
  });
});

describe("meta-times", () => {
  const judged = (part: string, meta: Json) => metaTimes.judge(evidenceOf(201, { meta }), { part }).kind;

  it("takes every form of xsd:dateTime", () => {
    expect(
      judged("form", { created: "2026-01-02T03:04:05Z", lastModified: "2026-01-02T03:04:05.678+01:00" }),
    ).toBe("holds");
    expect(judged("form", { created: "2026-01-02T03:04:05" })).toBe("holds");
  });

  it.each(["2026-01-02", "02.01.2026 03:04", 1_700_000_000, "2026-01-02 03:04:05"])(
    "breaks for %j",
    (created) => {
      expect(judged("form", { created })).toBe("broken");
    },
  );

  it("wants both to be the same of a new resource, fractions of a second apart", () => {
    const created = "2026-01-02T03:04:05Z";
    expect(judged("new", { created, lastModified: "2026-01-02T04:04:05.5+01:00" })).toBe("holds");
    expect(judged("new", { created, lastModified: "2026-01-02T03:05:05Z" })).toBe("broken");
    expect(judged("new", { created })).toBe("unknown");
  });

  it("asks for neither", () => {
    expect(judged("form", {})).toBe("unknown");
    expect(metaTimes.judge(evidenceOf(201, {}), { part: "form" }).kind).toBe("unknown");
  });
});

describe("external-id-kept", () => {
  it("wants the text that was sent, where one is shown", () => {
    expect(externalIdKept.judge(evidenceOf(200, { externalId: "aB" }), { is: "aB" }).kind).toBe("holds");
    expect(externalIdKept.judge(evidenceOf(200, { externalId: "ab" }), { is: "aB" }).kind).toBe("broken");
    expect(externalIdKept.judge(evidenceOf(200, {}), { is: "aB" }).kind).toBe("not-offered");
  });

  it("minds one that nobody sent", () => {
    expect(externalIdKept.judge(evidenceOf(200, { externalId: null }), {}).kind).toBe("holds");
    expect(externalIdKept.judge(evidenceOf(200, { externalId: "1" }), {}).kind).toBe("broken");
  });
});

describe("each-once and one-primary", () => {
  it("tell elements apart by type and value", () => {
    const judged = (...emails: Json[]) =>
      eachOnce.judge(evidenceOf(200, { emails }), { path: "emails" }).kind;
    expect(judged({ value: "a", type: "work" }, { value: "a", type: "home" })).toBe("holds");
    expect(judged({ value: "a", type: "work" }, { value: "a", type: "work", primary: true })).toBe("broken");
    expect(judged("urn:a", "urn:a")).toBe("broken");
    expect(eachOnce.judge(evidenceOf(200, {}), { path: "emails" }).kind).toBe("unknown");
  });

  it("count what is primary", () => {
    const judged = (...emails: Json[]) =>
      onePrimary.judge(evidenceOf(200, { emails }), { path: "emails" }).kind;
    expect(judged({ primary: true }, { primary: false }, {})).toBe("holds");
    expect(judged({ primary: true }, { primary: true })).toBe("broken");
  });
});

describe("kept-like", () => {
  const judged = (usual: Json, shown: Json) =>
    keptLike.judge(evidenceOf(201, shown, { earlier: { usual: exchangeOf(201, usual) } }), {
      path: "name.givenName",
      value: "Ann",
      as: "usual",
    }).kind;

  it("wants the value where the usual spelling is shown at all", () => {
    expect(judged({ name: { givenName: "Bob" } }, { name: { givenName: "Ann" } })).toBe("holds");
    expect(judged({ name: { givenName: "Bob" } }, {})).toBe("broken");
    expect(judged({}, {})).toBe("unknown");
  });
});

describe("groups-follow", () => {
  const group = { groups: [{ value: "9" }] };
  const left = (status: number, before: Json, user: Json) =>
    groupsFollow.judge(
      evidenceOf(200, user, { earlier: { before: exchangeOf(200, before), delete: exchangeOf(status) } }),
      { gone: "9", before: "before", left: "delete" },
    ).kind;

  it("wants the group of a member, where groups are shown", () => {
    expect(groupsFollow.judge(evidenceOf(200, group), { in: "9" }).kind).toBe("holds");
    expect(groupsFollow.judge(evidenceOf(200, group), { in: "8" }).kind).toBe("broken");
    expect(groupsFollow.judge(evidenceOf(200, {}), { in: "8" }).kind).toBe("not-offered");
  });

  it("wants it gone with the group", () => {
    expect(left(204, group, { groups: [] })).toBe("holds");
    expect(left(204, group, group)).toBe("broken");
    expect(left(501, group, group)).toBe("unknown");
    expect(left(204, {}, {})).toBe("not-offered");
  });
});

describe("name-free-again", () => {
  it("wants a create after a DELETE that was done", () => {
    const judged = (removal: number, status: number) =>
      nameFreeAgain.judge(evidenceOf(status, {}, { earlier: { removed: exchangeOf(removal) } }), {
        removed: "removed",
      }).kind;
    expect(judged(204, 201)).toBe("holds");
    expect(judged(204, 409)).toBe("broken");
    expect(judged(501, 409)).toBe("not-offered");
    expect(judged(405, 409)).toBe("not-offered");
    expect(judged(500, 409)).toBe("unknown");
  });
});

describe("text-shown", () => {
  it("finds text in any attribute, escaped or not, and misses what was damaged", () => {
    const judged = (body: Json) => textShown.judge(evidenceOf(200, body), { text: "Å 😀" }).kind;
    expect(judged({ name: { formatted: "Ann Å 😀" } })).toBe("holds");
    expect(judged('{"name":{"familyName":"\\u00c5 \\ud83d\\ude00"}}')).toBe("holds");
    expect(judged({ name: { familyName: "Å ??" } })).toBe("broken");
    expect(textShown.judge(evidenceOf(400), { text: "Å" }).kind).toBe("unknown");
  });

  it("says nothing of text whose attribute the server leaves aside", () => {
    const judged = (body: Json) =>
      textShown.judge(evidenceOf(200, body), { text: "Å 😀", at: "name.familyName" }).kind;
    expect(judged({ name: { formatted: "Ann" } })).toBe("unknown");
    expect(judged({ name: { formatted: "Ann Å 😀" } })).toBe("holds");
    expect(judged({ name: { familyName: "Å ??" } })).toBe("broken");
  });
});
