import { describe, expect, it } from "vitest";
import { showsSent } from "../../../src/checks/named/shows-sent.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const sent = {
  userName: "Ann@x",
  name: { givenName: "Ann" },
  emails: [{ value: "A@x", primary: true }],
  title: "",
};

const kindOf = (shown: Json | undefined, paths: readonly string[], more: Record<string, Json> = {}) => {
  const write = exchangeOf(201, {});
  const earlier = { write: { ...write, request: { ...write.request, body: JSON.stringify(sent) } } };
  return showsSent.judge(evidenceOf(200, shown, { earlier }), { paths, by: "write", ...more }).kind;
};

describe("shows-sent", () => {
  it("holds when the paths are as they were sent, whatever else is there", () => {
    expect(kindOf({ ...sent, id: "7", nickName: "A" }, ["userName", "name.givenName", "emails"])).toBe(
      "holds",
    );
  });

  it("breaks when a value is missing or another", () => {
    expect(kindOf({ ...sent, userName: "ann@x" }, ["userName"])).toBe("broken");
    expect(kindOf({ userName: "Ann@x" }, ["name.givenName"])).toBe("broken");
    expect(kindOf({ ...sent, emails: [{ value: "b@x" }] }, ["emails"])).toBe("broken");
    expect(kindOf({ ...sent, title: "Engineer" }, ["title"])).toBe("broken");
  });

  it("ignores letter case only when told to", () => {
    const lower = { userName: "ann@x", emails: [{ value: "a@x" }] };
    expect(kindOf(lower, ["userName", "emails"], { "ignoring-case": true })).toBe("holds");
  });

  it("leaves a value that is not shown open when told to, and still blames one that is shown damaged", () => {
    const paths = ["userName", "name.givenName"];
    expect(kindOf({ userName: "Ann@x" }, paths, { "where-shown": true })).toBe("unknown");
    expect(kindOf({ userName: "An" }, paths, { "where-shown": true })).toBe("broken");
    expect(kindOf(sent, paths, { "where-shown": true })).toBe("holds");
  });

  it("takes further elements, further sub-attributes and any way of writing absence", () => {
    const shown = { emails: [{ value: "b@x" }, { value: "A@x", display: "A" }], title: null };
    expect(kindOf(shown, ["emails", "title"])).toBe("holds");
  });

  it("stays open when the write or the read was refused or shows no resource", () => {
    expect(
      showsSent.judge(evidenceOf(200, sent, { earlier: { write: exchangeOf(400) } }), {
        paths: [],
        by: "write",
      }).kind,
    ).toBe("unknown");
    expect(showsSent.judge(evidenceOf(400, {}), { paths: ["userName"] }).kind).toBe("unknown");
    expect(kindOf(undefined, ["userName"])).toBe("unknown");
  });
});
