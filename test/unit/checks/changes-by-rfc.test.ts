import { describe, expect, it } from "vitest";
import { modifiedSince } from "../../../src/checks/named/modified-since.ts";
import { showsChange } from "../../../src/checks/named/shows-change.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const done = { write: exchangeOf(204) };
const noPatch = { config: exchangeOf(200, { patch: { supported: false } }) };
const judge = (
  body: Json,
  given: Record<string, Json>,
  earlier: Record<string, ReturnType<typeof exchangeOf>> = {},
) =>
  showsChange.judge(evidenceOf(200, body, { earlier: { ...done, ...earlier } }), { by: "write", ...given });

describe("shows-change", () => {
  it("compares a single value exactly", () => {
    expect(judge({ title: "A" }, { path: "title", value: "A" }).kind).toBe("holds");
    expect(judge({ title: "B" }, { path: "title", value: "A" })).toEqual({
      kind: "broken",
      differences: [{ where: "body title", expected: '"A"', actual: '"B"' }],
    });
    expect(judge({ active: "false" }, { path: "active", value: false }).kind).toBe("broken");
  });

  it("takes null, an empty text, an empty array and absence for one and the same", () => {
    for (const title of [null, "", []]) expect(judge({ title }, { path: "title" }).kind).toBe("holds");
    expect(judge({}, { path: "title" }).kind).toBe("holds");
    expect(judge({ title: "A" }, { path: "title" }).kind).toBe("broken");
  });

  it("takes arrays for sets, whose values may have more parts than were sent", () => {
    const emails = [
      { value: "b", primary: true },
      { value: "a", display: "A" },
    ];
    const both = [{ value: "a" }, { value: "b" }];
    expect(judge({ emails }, { path: "emails", value: both }).kind).toBe("holds");
    expect(judge({ emails }, { path: "emails", value: [{ value: "a" }] }).kind).toBe("broken");
    expect(judge({ emails }, { path: "emails", value: [{ value: "a" }], mode: "contains" }).kind).toBe(
      "holds",
    );
    expect(judge({ emails }, { path: "emails", value: [{ value: "c" }], mode: "contains" }).kind).toBe(
      "broken",
    );
    expect(judge({ emails }, { path: "emails", value: [{ value: "a" }], mode: "lacks" }).kind).toBe("broken");
    expect(judge({}, { path: "emails", value: [{ value: "a" }], mode: "lacks" }).kind).toBe("holds");
  });

  it("tells nothing where an earlier read showed the same already", () => {
    const given = { path: "active", value: true, from: "before" };
    const was = (active: boolean) => ({ before: exchangeOf(200, { id: "1", active }) });
    expect(judge({ active: true }, given, was(false)).kind).toBe("holds");
    expect(judge({ active: true }, given, was(true))).toMatchObject({ kind: "unknown", neutral: true });
    expect(judge({ active: false }, given, was(true)).kind).toBe("broken");
  });

  it("breaks where the write was refused or never answered", () => {
    const refused = { write: exchangeOf(400) };
    expect(judge({ title: "A" }, { path: "title", value: "A" }, refused).kind).toBe("broken");
  });

  it("is not offered for an attribute that a create with it does not show, or without PATCH", () => {
    const model = { model: exchangeOf(201, { id: "1", emails: [{ value: "a" }] }), write: exchangeOf(400) };
    expect(judge({}, { path: "title", value: "A", offered: "model" }, model).kind).toBe("not-offered");
    const second = { path: "emails", value: [], offered: "model", "offered-path": "emails[1]" };
    expect(judge({}, second, model).kind).toBe("not-offered");
    expect(judge({}, { path: "title", value: "A", config: "config" }, noPatch).kind).toBe("not-offered");
  });

  it("stays open when the read shows no resource", () => {
    const evidence = evidenceOf(404, undefined, { earlier: done });
    expect(showsChange.judge(evidence, { by: "write", path: "title", value: "A" }).kind).toBe("unknown");
  });

  it("leaves open what the server says is never changed, where that is permitted", () => {
    const write = (scimType: string) => ({ write: exchangeOf(400, { scimType }) });
    const given = { path: "userName", value: "B" };
    const isFixed = { ...given, "may-be-fixed": true };
    expect(judge({ userName: "A" }, isFixed, write("mutability")).kind).toBe("unknown");
    expect(judge({ userName: "A" }, isFixed, write("invalidPath")).kind).toBe("broken");
    expect(judge({ userName: "A" }, given, write("mutability")).kind).toBe("broken");
  });
});

describe("modified-since", () => {
  const meta = (lastModified: string, version = '"1"') => ({ id: "1", meta: { lastModified, version } });
  const since = (now: Json, given: Record<string, Json> = {}, write = 200) =>
    modifiedSince.judge(
      evidenceOf(200, now, {
        earlier: { read: exchangeOf(200, meta("2026-01-01T00:00:00Z")), write: exchangeOf(write) },
      }),
      { since: "read", by: "write", ...given },
    );

  it("wants a later time, or another version", () => {
    expect(since(meta("2026-01-01T00:00:01Z")).kind).toBe("holds");
    expect(since(meta("2026-01-01T00:00:00Z")).kind).toBe("broken");
    expect(since(meta("2025-01-01T00:00:00Z")).kind).toBe("broken");
    expect(since(meta("", '"2"'), { part: "version" }).kind).toBe("holds");
    expect(since(meta("", '"1"'), { part: "version" }).kind).toBe("broken");
  });

  it("says nothing where the server left aside what was sent", () => {
    const path = "name.givenName";
    expect(since(meta("2026-01-01T00:00:00Z"), { path }).kind).toBe("unknown");
    const changed = { ...meta("2026-01-01T00:00:00Z"), name: { givenName: "Eve" } };
    expect(since(changed, { path }).kind).toBe("broken");
  });

  it("compares instants, not texts", () => {
    expect(since(meta("2026-01-01T01:00:00+01:00"), { changed: false }).kind).toBe("holds");
    expect(since(meta("2026-01-01T00:00:01Z"), { changed: false }).kind).toBe("broken");
  });

  it("is not offered where the server shows no such thing, and open where the write was refused", () => {
    expect(since({ id: "1" }).kind).toBe("not-offered");
    expect(since(meta("2026-01-01T00:00:00Z"), {}, 409).kind).toBe("unknown");
  });
});
