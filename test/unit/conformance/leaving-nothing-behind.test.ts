import { describe, expect, it } from "vitest";
import type { Exchange, Request } from "../../../src/model/exchange.ts";
import { characterOfFacts } from "../../../src/reference-server/character/index.ts";
import { defects } from "../../../src/reference-server/defects/index.ts";
import { soundOperations } from "../../../src/reference-server/operations.ts";
import { answered, behaviour, holdings, MARKER, silent, trial, type Wire } from "./bench.ts";

const CREATE =
  "steps: [{ id: c, send: POST /Users, body: { $from: okta/user.json }, expect: { B-01.must: { status: 201 } } }]";
const GROUP =
  "steps: [{ id: c, send: POST /Groups, body: { $from: okta/group.json }, expect: { B-01.must: { status: 201 } } }]";

const withBody = (exchange: Exchange, body: string): Exchange =>
  exchange.outcome.kind === "answer" ? { ...exchange, outcome: { ...exchange.outcome, body } } : exchange;

const posts = (make: (request: Request, exchange: Exchange) => Exchange): Wire => {
  return async (request, send) => {
    const exchange = await send();
    return request.method === "POST" ? make(request, exchange) : exchange;
  };
};

describe("what a run made", () => {
  it("is removed, and strangers stay as they were, byte for byte", async () => {
    const tried = await trial({
      scenarios: { user: CREATE, group: GROUP },
      before: (server) => server.seed(5, [{ displayName: "Bystanders", members: 3 }]),
    });
    expect(tried.server.counts()).toEqual({ users: 5, groups: 1 });
    const untouched = await trial({
      scenarios: {
        read: "flow: read\nsteps: [{ id: r, send: GET /Users, expect: { B-01.must: { status: 200 } } }]",
      },
      before: (server) => server.seed(5, [{ displayName: "Bystanders", members: 3 }]),
    });
    expect(await holdings(tried.tell)).toBe(await holdings(untouched.tell));
    expect(tried.report.leftovers).toEqual([]);
  });

  it("is found where a PATCH gave it another id", async () => {
    const steps = `steps:
  - { id: c, send: POST /Users, body: { $from: documented/user.json }, remember: { user: id } }
  - id: move
    send: PATCH /Users/\${user}
    body: { $from: documented/patch.json, Operations: [{ op: replace, path: id, value: "\${unique.other.externalId}" }] }
    expect: { B-01.must: { status: 200 } }`;
    const make = characterOfFacts([{ kind: "habit", of: "id-is-external-id" }]);
    const character = make({ operations: soundOperations } as Parameters<typeof make>[0]);
    const tried = await trial({ scenarios: { moves: steps }, server: character });
    expect(tried.report.behaviours[0]?.verdict).toEqual({ kind: "pass" });
    expect(tried.server.counts()).toEqual({ users: 0, groups: 0 });
    expect(tried.report.leftovers).toEqual([]);
  });

  it("is removed where a userName that is empty was taken", async () => {
    const steps =
      'steps: [{ id: c, send: POST /Users, body: { $from: okta/user.json, userName: "" }, expect: { B-01.must: { status: 400 } } }]';
    const defect = defects.find(({ name }) => name === "empty-user-name-made-up");
    const server = defect?.make({ operations: soundOperations } as Parameters<typeof defect.make>[0]);
    const tried = await trial({
      scenarios: { nameless: steps },
      ...(server === undefined ? {} : { server }),
    });
    expect(tried.report.behaviours[0]?.verdict.kind).toBe("fail");
    expect(tried.server.counts()).toEqual({ users: 0, groups: 0 });
    expect(tried.report.leftovers).toEqual([]);
  });

  it.each([
    ["shown without an id", (body: string) => body.replace(/"id":"[^"]*",?/g, "")],
    ["not shown", () => ""],
  ])("is removed where a replace of nobody made it, %s", async (_, spoilt) => {
    const steps =
      "steps: [{ id: r, send: PUT /Users/nobody, body: { $from: okta/user.json }, expect: { B-01.must: { status: 404 } } }]";
    const upsert = defects.find(({ name }) => name === "put-creates-unknown-user");
    const made = upsert?.make({ operations: soundOperations } as Parameters<typeof upsert.make>[0]);
    let address = "";
    const tried = await trial({
      scenarios: { upsert: steps },
      server: {
        ...made,
        wrap: (handle) => (request) => {
          const reply = handle({
            ...request,
            target: request.target.replace("/Users/nobody", `/Users/${address || "nobody"}`),
          });
          if (request.method === "PUT") address = JSON.parse(String(reply.body)).id;
          return request.method === "DELETE" ? reply : { ...reply, body: spoilt(String(reply.body)) };
        },
      },
    });
    expect(tried.server.counts().users).toBe(0);
    expect(tried.report.leftovers).toEqual([]);
  });

  it.each([
    ["an empty 201", posts((_, exchange) => withBody(exchange, ""))],
    ["a 201 that is no JSON", posts((_, exchange) => withBody(exchange, "<created/>"))],
    ["an applied 400", posts((request) => answered(request, 400, {}))],
    ["an applied 409", posts((request) => answered(request, 409, {}))],
    ["an applied 500", posts((request) => answered(request, 500, "oops"))],
    ["an applied 302", posts((request) => answered(request, 302, ""))],
    ["an applied 429, over and over", posts((request) => answered(request, 429))],
    ["no answer at all", posts((request) => silent(request, "timed-out"))],
    [
      "an id that is a number past 2^53",
      posts((_, exchange) => withBody(exchange, '{"id":12345678901234567890}')),
    ],
  ])("is found by name after %s", async (_, wire) => {
    const { report, server } = await trial({
      scenarios: { user: CREATE, group: GROUP },
      before: (server) => server.seed(3, [{ displayName: "Bystanders", members: 3 }]),
      wire,
    });
    expect(server.counts()).toEqual({ users: 3, groups: 1 });
    expect(report.leftovers).toEqual([]);
  });

  it.each([
    ["a filter that is ignored", (path: string) => path.replace(/filter=[^&]*&/, "")],
    [
      "a filter that matches everything",
      (path: string) => path.replace(/filter=[^&]*/, "filter=userName%20pr"),
    ],
  ])("never takes a stranger with it: %s", async (_, rewrite) => {
    const tried = await trial({
      scenarios: { user: CREATE },
      before: (server) => server.seed(4),
      server: {
        wrap: (handle) => (request) => {
          const reply = handle({ ...request, target: rewrite(request.target) });
          return request.method === "POST" ? { ...reply, body: "" } : reply;
        },
      },
    });
    expect(tried.server.counts().users).toBe(4);
    expect(await holdings(tried.tell)).not.toContain(MARKER);
    expect(tried.sent.filter(({ method }) => method === "DELETE")).toHaveLength(1);
  });

  it("is called unclear when a filter is ignored and not everybody was shown", async () => {
    const { report, server, sent } = await trial({
      scenarios: { user: CREATE },
      before: (server) => server.seed(250),
      server: {
        wrap: (handle) => (request) => {
          const reply = handle({ ...request, target: request.target.replace(/filter=[^&]*&/, "") });
          return request.method === "POST" ? { ...reply, headers: [], body: "" } : reply;
        },
      },
    });
    expect(sent.some(({ method }) => method === "DELETE")).toBe(false);
    expect(server.counts().users).toBe(251);
    expect(report.leftovers).toMatchObject([{ collection: "Users", state: "left" }]);
    expect(report.leftovers[0]?.why).toContain("100 of 251");
  });

  it("is found by the address of the create's answer where no answer that shows it can be read", async () => {
    const { report, server } = await trial({
      scenarios: { user: CREATE },
      before: (server) => server.seed(3),
      server: {
        wrap: (handle) => (request) => {
          const reply = handle(request);
          return { ...reply, body: reply.body.replace(MARKER, `${MARKER}" , "`) };
        },
      },
    });
    expect(server.counts().users).toBe(3);
    expect(report.leftovers).toEqual([]);
  });

  it("is found where attributes stand in an object named after their schema", async () => {
    const core = "urn:ietf:params:scim:schemas:core:2.0:User";
    const nested = (resource: Record<string, unknown>) => {
      const { schemas, meta, ...attributes } = resource;
      return { schemas, meta, [core]: attributes };
    };
    const { report, server } = await trial({
      scenarios: { user: CREATE },
      before: (server) => server.seed(3),
      server: {
        wrap: (handle) => (request) => {
          const reply = handle(request);
          if (request.method === "POST") return { ...reply, body: "", headers: [] };
          const body = reply.body === "" ? {} : JSON.parse(reply.body);
          const Resources = body.Resources?.map((one: { id: string }) => ({
            ...nested({ ...one }),
            id: one.id,
          }));
          return Resources === undefined ? reply : { ...reply, body: JSON.stringify({ ...body, Resources }) };
        },
      },
    });
    expect(server.counts().users).toBe(3);
    expect(report.leftovers).toEqual([]);
  });

  it("is not what a server shows of somebody else in answer to a create", async () => {
    const { report, server, sent } = await trial({
      scenarios: {
        user: `steps:
  - id: c
    send: POST /Users
    body: { $from: okta/user.json }
    remember: { user: id }
  - id: d
    send: DELETE /Users/\${user}
    expect: { B-01.must: { status: 204 } }
`,
      },
      before: (server) => server.seed(1),
      wire: async (request, send) => {
        const stranger = await send();
        if (request.method !== "POST") return stranger;
        return answered(request, 201, { id: "stranger", userName: "seeded.1@example.com" });
      },
    });
    expect(sent.filter(({ method, path }) => method !== "GET" && path.includes("stranger"))).toEqual([]);
    expect(server.counts().users).toBe(1);
    expect(report.behaviours[0]?.verdict).toMatchObject({ kind: "skip", because: "blocked" });
  });

  it("and shows under another name is left alone and listed", async () => {
    const { report, server } = await trial({
      scenarios: { user: CREATE },
      server: {
        wrap: (handle) => (request) =>
          handle({
            ...request,
            body: request.body.replace(/"userName":"[^"]*"/, '"userName":"renamed@example.com"'),
          }),
      },
    });
    expect(server.counts().users).toBe(1);
    expect(report.leftovers).toMatchObject([{ state: "left", id: expect.any(String) }]);
  });

  it.each([404, 405, 403, 501, 500])(
    "is deactivated and listed where DELETE is answered %i",
    async (status) => {
      const { report, server, sent } = await trial({
        scenarios: { user: CREATE, group: GROUP },
        wire: (request, send) => (request.method === "DELETE" ? answered(request, status, {}) : send()),
      });
      expect(server.counts()).toEqual({ users: 1, groups: 1 });
      expect(report.leftovers.map(({ collection, state }) => [collection, state]).sort()).toEqual([
        ["Groups", "left"],
        ["Users", "deactivated"],
      ]);
      expect(
        report.leftovers.every(
          ({ name, id, why }) => name.includes(MARKER) && id !== undefined && why.includes(String(status)),
        ),
      ).toBe(true);
      expect(sent.filter(({ method }) => method === "PATCH")).toHaveLength(1);
      // A 500 may be over in a moment; the others will be the same then.
      const kept = status === 500 ? undefined : true;
      expect(report.leftovers.map((one) => one.kept)).toEqual([kept, kept]);
    },
  );

  it.each([401, 409, 429])("may be removed later where DELETE is answered %i", async (status) => {
    const { report } = await trial({
      scenarios: { group: GROUP },
      wire: (request, send) => (request.method === "DELETE" ? answered(request, status, {}) : send()),
    });
    expect(report.leftovers).toMatchObject([{ collection: "Groups", state: "left" }]);
    expect(report.leftovers[0]).not.toHaveProperty("kept");
  });

  it("is not taken for removed by a DELETE that only says so", async () => {
    const scenarios = { a: CREATE, b: CREATE, c: CREATE };
    const { report, server } = await trial({
      scenarios,
      settings: { concurrency: 1 },
      wire: (request, send) => (request.method === "DELETE" ? answered(request, 204) : send()),
    });
    expect(server.counts().users).toBe(3);
    expect(report.leftovers.map(({ state }) => state)).toEqual(["deactivated", "deactivated", "deactivated"]);
  });

  it("is removed though the connection broke on the first DELETE", async () => {
    let broken = 0;
    const { report, server } = await trial({
      scenarios: { user: CREATE },
      wire: (request, send) => {
        if (request.method !== "DELETE" || broken > 0) return send();
        broken += 1;
        return silent(request);
      },
    });
    expect(server.counts().users).toBe(0);
    expect(report.leftovers).toEqual([]);
  });

  it("in one racing create is removed, all of it", async () => {
    const race = `steps:
  - id: race
    perform: at-once
    with:
      requests:
        - { method: POST, path: /Users, body: { $from: okta/user.json } }
        - { method: POST, path: /Users, body: { $from: okta/user.json } }
    expect: { B-01.must: { check: race-winner, with: { alone: race } } }
`;
    for (const tellsIds of [true, false]) {
      let number = 0;
      const made = new Map<string, string>();
      const { sent } = await trial({
        scenarios: { race: race.replace("check: race-winner, with: { alone: race }", "status: 201") },
        wire: async (request, send) => {
          if (request.method === "POST") {
            number += 1;
            const { userName } = JSON.parse(request.body ?? "{}") as { userName: string };
            made.set(`id${number}`, userName);
            const tells = tellsIds || number === 1;
            return answered(request, 201, tells ? { id: `id${number}`, userName } : "");
          }
          if (request.path.startsWith("/Users?filter")) {
            const Resources = [...made].map(([id, userName]) => ({ id, userName }));
            return answered(request, 200, { totalResults: Resources.length, Resources });
          }
          const id = request.path.split("/").at(-1) ?? "";
          if (request.method === "DELETE") return answered(request, made.delete(id) ? 204 : 404);
          return made.has(id) ? answered(request, 200, {}) : send();
        },
      });
      expect([...made.keys()]).toEqual([]);
      expect(sent.filter(({ method }) => method === "DELETE")).toHaveLength(2);
    }
  });

  it.each([
    ["without a userName", "body: { $from: okta/user.json, $without: [userName] }"],
    ["with a userName that is no text", "body: { $from: okta/user.json, userName: 12 }"],
  ])("is removed when the body that ought to be refused was accepted: %s", async (_, body) => {
    const { server } = await trial({
      scenarios: {
        one: `steps: [{ id: c, send: POST /Users, ${body}, expect: { B-01.must: { status: 400 } } }]`,
      },
      server: {
        wrap: (handle) => (request) => {
          if (request.method !== "POST") return handle(request);
          const value = { ...(JSON.parse(request.body) as object), userName: `${MARKER}accepted` };
          return handle({ ...request, body: JSON.stringify(value) });
        },
      },
    });
    expect(server.counts().users).toBe(0);
  });

  it("under attribute names in another letter case, or in broken JSON, is removed too", async () => {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the scenario fills it
    const texts = [
      '{"USERNAME":"${unique.userName}","schemas":["urn:ietf:params:scim:schemas:core:2.0:User"]}',
      '{"userName":"${unique.userName}",}',
    ];
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: the scenario fills it
    for (const text of texts) {
      const { server } = await trial({
        scenarios: {
          one: `steps: [{ id: c, send: POST /Users, text: '${text}', expect: { B-01.must: { status: 400 } } }]`,
        },
        server: {
          wrap: (handle) => (request) => {
            if (request.method !== "POST") return handle(request);
            const userName = /scim-check-[^"]*/.exec(request.body)?.[0];
            const body = { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName };
            return { ...handle({ ...request, body: JSON.stringify(body) }), body: "" };
          },
        },
      });
      expect(server.counts().users).toBe(0);
    }
  });

  it("is found under the name that a PATCH gave it, when its create told no id", async () => {
    const yaml = `steps:
  - id: create
    send: POST /Groups
    body: { $from: okta/group.json }
  - id: look-up
    send: GET /Groups
    query: { filter: 'displayName eq "\${unique.groupName}"' }
    remember: { group: "Resources[0].id" }
  - id: rename
    send: PATCH /Groups/\${group}
    body: { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [{ op: replace, value: { displayName: "\${unique.other.groupName}" } }] }
    expect: { B-01.must: { status: [200, 204] } }
`;
    const { report, server } = await trial({
      scenarios: { one: yaml },
      wire: posts((_, exchange) => withBody(exchange, "")),
    });
    expect(report.behaviours[0]?.verdict.kind).toBe("pass");
    expect(server.counts().groups).toBe(0);
  });
});

describe("an interrupted run", () => {
  const scenarios = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`s${String(index).padStart(2, "0")}`, CREATE]),
  );

  const interruptedAt = (
    count: number,
    answer: "late" | "lost",
    head: Record<string, string> = scenarios,
  ) => {
    const stop = new AbortController();
    let creates = 0;
    return trial({
      scenarios: head,
      settings: { concurrency: 3 },
      input: { signal: stop.signal },
      wire: async (request, send) => {
        if (request.method === "POST") {
          creates += 1;
          if (creates === count) {
            const exchange = await send();
            stop.abort();
            return answer === "late" ? exchange : silent(request, "aborted");
          }
        }
        return stop.signal.aborted && request.method === "POST" ? silent(request, "aborted") : send();
      },
    });
  };

  it.each(["late", "lost"] as const)(
    "removes everything, also what a create made whose answer came %s",
    async (answer) => {
      const { report, server } = await interruptedAt(5, answer);
      expect(server.counts()).toEqual({ users: 0, groups: 0 });
      expect(report.leftovers).toEqual([]);
      expect(report.outcome.exitCode).toBe(130);
      expect(report.run.interrupted).toBe(true);
    },
  );

  it("reports what it saw until then, and every scenario it did not come to", async () => {
    const { report } = await interruptedAt(5, "lost");
    expect(report.scenarios).toHaveLength(12);
    const statuses = new Set(report.scenarios.map(({ status }) => status));
    expect(statuses.has("played") && statuses.has("skipped")).toBe(true);
    expect(
      report.behaviours.flatMap(({ places }) => places).every(({ verdict }) => verdict.kind !== "fail"),
    ).toBe(true);
  });

  it("while the crowd is created names every scenario too", async () => {
    const { report, server } = await interruptedAt(7, "lost", { a: `crowd: 20\n${CREATE}`, b: CREATE });
    expect(server.counts().users).toBe(0);
    expect(report.scenarios.map(({ id, why }) => [id, why])).toEqual([
      ["a", "the run was interrupted before"],
      ["b", "the run was interrupted before"],
    ]);
    expect(report.outcome.exitCode).toBe(130);
  });

  it("looks a second time for a create that the server carried out after the search", async () => {
    const stop = new AbortController();
    let late: (() => Promise<Exchange>) | undefined;
    const { server } = await trial({
      scenarios: { one: CREATE },
      input: { signal: stop.signal },
      wire: async (request, send) => {
        if (request.method === "POST") {
          stop.abort();
          late = send;
          return silent(request, "aborted");
        }
        const exchange = await send();
        if (request.path.startsWith("/Users?filter") && late !== undefined) {
          const carryOut = late;
          late = undefined;
          await carryOut();
        }
        return exchange;
      },
    });
    expect(server.counts().users).toBe(0);
  });

  it("before anything was sent judges nothing and sends no more than the credential test", async () => {
    const stop = new AbortController();
    stop.abort();
    const { report, sent } = await trial({ scenarios, input: { signal: stop.signal } });
    expect(report.outcome.exitCode).toBe(130);
    expect(sent.length).toBeLessThanOrEqual(1);
  });

  it("a second time leaves at once, and lists what it leaves", async () => {
    const stop = new AbortController();
    const { report, server } = await trial({
      scenarios: { one: CREATE },
      input: { signal: stop.signal, cleanUpSignal: AbortSignal.abort() },
    });
    expect(server.counts().users).toBe(1);
    expect(report.leftovers).toMatchObject([{ state: "left", why: "clean-up was interrupted" }]);
  });
});

describe("the ledger", () => {
  it("has every name on record before it travels, and is told the ids of answers and what was left", async () => {
    const leases: [number, number][] = [];
    const ids: string[] = [];
    let isEarly = true;
    let closedWith: unknown;
    await trial({
      scenarios: { one: CREATE },
      catalogue: [behaviour("B-01")],
      input: {
        openLedger: () => ({
          lease: (from, to) => leases.push([from, to]),
          made: (collection, id) => ids.push(`${collection} ${id}`),
          close: (leftovers) => {
            closedWith = leftovers;
          },
        }),
      },
      wire: (request, send) => {
        const number = Number(new RegExp(`${MARKER}(\\d+)`).exec(request.body ?? "")?.[1] ?? 0);
        isEarly &&= number === 0 || leases.some(([from, to]) => from <= number && number <= to);
        return send();
      },
    });
    expect(isEarly).toBe(true);
    expect(leases).toEqual([[1, 500]]);
    expect(closedWith).toEqual([]);
    expect(ids).toEqual([expect.stringMatching(/^Users ./)]);
  });
});
