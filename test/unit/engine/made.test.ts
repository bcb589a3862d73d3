import { describe, expect, it } from "vitest";
import { MadeLog } from "../../../src/engine/made.ts";
import type { Exchange, Request } from "../../../src/model/exchange.ts";
import { answered, silent } from "../conformance/bench.ts";

const post = (body: unknown, path = "/Users"): Request => ({
  method: "POST",
  path,
  headers: [],
  body: typeof body === "string" ? body : JSON.stringify(body),
});
const logOf = (...given: readonly (readonly [Request, Exchange])[]) => {
  const log = new MadeLog({ isOurs: (name) => name.includes("ours") });
  for (const [request, exchange] of given) log.beforeSending(request)(exchange);
  return log.entries;
};
const ADA = post({ userName: "ours-1" });

describe("the account of what was made", () => {
  it("has an entry before the request is sent", () => {
    const log = new MadeLog({ isOurs: () => true });
    expect(log.isEmpty).toBe(true);
    log.beforeSending(ADA);
    expect(log.entries).toEqual([{ collection: "Users", name: "ours-1" }]);
  });

  it("knows the id when the answer told it, and nothing else needs a search", () => {
    expect(logOf([ADA, answered(ADA, 201, { id: "7" })])).toEqual([
      { collection: "Users", name: "ours-1", id: "7" },
    ]);
    expect(logOf([ADA, answered(ADA, 201, { id: 7 })])).toMatchObject([{ id: "7" }]);
  });

  it.each([
    ["refused", answered(ADA, 409, {})],
    ["throttled", answered(ADA, 429)],
    ["an error", answered(ADA, 500)],
    ["an empty success", answered(ADA, 201)],
    ["cut off", silent(ADA, "reset")],
    ["given up", silent(ADA, "aborted")],
  ])("keeps the name for a search after an answer that is %s", (_, exchange) => {
    expect(logOf([ADA, exchange])).toMatchObject([{ collection: "Users", name: "ours-1" }]);
    expect(logOf([ADA, exchange])[0]).not.toHaveProperty("id");
  });

  it("keeps the id in the address of a created resource whose body tells none", () => {
    const at = (status: number, location: string) =>
      logOf([
        ADA,
        {
          ...answered(ADA, status),
          outcome: {
            ...answered(ADA, status).outcome,
            headers: [["Location", location]],
          } as Exchange["outcome"],
        },
      ])[0];
    expect(at(201, "https://scim.test/v2/Users/a%2Fb")).toMatchObject({ name: "ours-1", located: "a/b" });
    expect(at(201, "/Users")).not.toHaveProperty("located");
    expect(at(201, "/Groups/7")).not.toHaveProperty("located");
    expect(at(400, "/Users/7")).not.toHaveProperty("located");
  });

  it("keeps the address of a replace that made what its answer shows without an id", () => {
    const put: Request = { ...post({ userName: "ours-1" }, "/Users/no%2Fbody"), method: "PUT" };
    const made = [{ collection: "Users", name: "ours-1", id: "no/body" }];
    expect(logOf([put, answered(put, 200, { userName: "ours-1" })])).toEqual(made);
    expect(logOf([put, answered(put, 204)])).toEqual([
      { collection: "Users", name: "ours-1", located: "no/body" },
    ]);
    expect(logOf([put, answered(put, 200, { userName: "theirs" })])[0]).not.toHaveProperty("id");
    expect(logOf([put, answered(put, 404, { userName: "ours-1" })])[0]).not.toHaveProperty("located");
  });

  it.each(["refused", "unresolved"] as const)("drops what never reached the server (%s)", (reason) => {
    expect(logOf([ADA, silent(ADA, reason)])).toEqual([]);
  });

  it("keeps both of two of the same name, and the name when one told no id", () => {
    const ids = [answered(ADA, 201, { id: "1" }), answered(ADA, 201, { id: "2" })] as const;
    expect(logOf([ADA, ids[0]], [ADA, ids[1]]).map(({ id }) => id)).toEqual(["1", "2"]);
    expect(logOf([ADA, answered(ADA, 500)], [ADA, ids[0]]).map(({ id }) => id)).toEqual([undefined, "1"]);
  });

  it.each([
    ["a stranger's name", post({ userName: "theirs" })],
    ["a read", { method: "GET", path: "/Users", headers: [] }],
    ["a search by POST", post({ userName: "ours-1" }, "/Users/.search")],
    ["another endpoint", post({ userName: "ours-1" }, "/Devices")],
  ])("has nothing of %s", (_, request) => {
    expect(logOf([request, answered(request, 201, { id: "7" })])).toEqual([]);
  });

  it.each(["/Users", "/Users/", "/Users?x=1", "/Users/?x=1"])("recognises a create at %s", (path) => {
    const request = post({ userName: "ours-1" }, path);
    expect(logOf([request, answered(request, 201, { id: "7" })])).toHaveLength(1);
  });

  it("never takes the id of a resource that shows a stranger's name", () => {
    const [entry] = logOf([ADA, answered(ADA, 201, { id: "9", userName: "theirs" })]);
    expect(entry).toEqual({ collection: "Users", name: "ours-1", strangeId: "9" });
  });

  it.each(["", " "])(
    "has whoever was made under the userName %j by the id, although it is no name of ours",
    (userName) => {
      const blank = post({ userName });
      expect(logOf([blank, answered(blank, 201, { id: "7", userName })])).toEqual([
        { collection: "Users", name: userName, id: "7" },
      ]);
      expect(logOf([blank, answered(blank, 201, { id: "9", userName: "theirs" })])).toMatchObject([
        { strangeId: "9" },
      ]);
      expect(logOf([ADA, answered(ADA, 201, { id: "9", userName })])).toMatchObject([{ strangeId: "9" }]);
    },
  );

  it("has whoever was made without a userName, whatever the displayName shown", () => {
    const unnamed = post({ displayName: "Ada Lovelace" });
    const shown = { id: "7", displayName: "Ada Lovelace" };
    expect(logOf([unnamed, answered(unnamed, 201, shown)])).toEqual([
      { collection: "Users", name: "", id: "7" },
    ]);
    const team = post({ displayName: "ours-team" }, "/Groups");
    expect(logOf([team, answered(team, 201, { id: "9", displayName: "theirs" })])).toMatchObject([
      { strangeId: "9" },
    ]);
  });

  it("survives paths and bodies that cannot be read", () => {
    for (const path of ["/Users/%E0%A4%A", "/Users/%"]) {
      const request: Request = { ...ADA, method: "PUT", path };
      expect(() => logOf([request, answered(request, 200, "{")])).not.toThrow();
    }
    const deep = post(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    expect(() => logOf([deep, answered(deep, 201, deep.body)])).not.toThrow();
  });

  it("notes the new name of a PUT or PATCH only where the id is not known", () => {
    const put: Request = { ...post({ userName: "ours-2" }, "/Users/7"), method: "PUT" };
    expect(logOf([put, answered(put, 204)])).toMatchObject([{ name: "ours-2" }]);
    expect(logOf([ADA, answered(ADA, 201, { id: "7" })], [put, answered(put, 204)])).toHaveLength(1);
  });
});
