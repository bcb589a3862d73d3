import fc from "fast-check";
import { beforeAll, describe, expect } from "vitest";
import { runConformance } from "../../src/conformance/run.ts";
import { OKTA_ACTIONS } from "../../src/conformance/settings.ts";
import { seededRandom } from "../../src/model/clock.ts";
import type { Send } from "../../src/model/exchange.ts";
import type { RunReport } from "../../src/model/report.ts";
import { URN } from "../../src/model/scim.ts";
import { speak } from "../../src/okta/headers.ts";
import { createReferenceServer, memorySend } from "../../src/reference-server/index.ts";
import { virtualClock } from "../../src/self-test/virtual-clock.ts";
import { type Library, loadLibrary } from "../../src/wiring/library.ts";
import { holds } from "./property.ts";

const started: { library?: Library } = {};
beforeAll(async () => {
  started.library = await loadLibrary();
});

/** What somebody else does between two of our requests. Numbers choose among his own people. */
type Deed = { readonly kind: string; readonly who: number };

const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom("nothing", "create", "delete", "swap", "deactivate", "create group", "delete group"),
  who: fc.nat(1_000),
});

interface Beside {
  readonly what: "everything" | "import";
  /** How many people he has when the run begins. */
  readonly atFirst: number;
  /** What he does, again and again, each after so many of our requests. */
  readonly deeds: readonly Deed[];
  readonly every: number;
}

/** Another client of the same directory, with people of his own. He keeps count of them. */
function neighbour(send: Send) {
  const people: string[] = [];
  const groups: string[] = [];
  let number = 0;
  const told = async (method: string, path: string, body?: object) => {
    const { outcome } = await send(
      {
        method,
        path,
        headers: [["Content-Type", "application/scim+json"]],
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      new AbortController().signal,
    );
    if (outcome.kind !== "answer" || outcome.status >= 300)
      throw new Error(`the neighbour: ${JSON.stringify(outcome)}`);
    return outcome.body === "" ? {} : JSON.parse(outcome.body);
  };
  const create = async () => {
    number += 1;
    const userName = `neighbour-${number}@example.org`;
    people.push((await told("POST", "/Users", { schemas: [URN.user], userName })).id);
  };
  const remove = async (from: string[], collection: string, who: number) => {
    const [id] = from.splice(who % Math.max(1, from.length), 1);
    if (id !== undefined) await told("DELETE", `/${collection}/${id}`);
  };
  const act = async ({ kind, who }: Deed) => {
    if (kind === "create") await create();
    if (kind === "delete") await remove(people, "Users", who);
    if (kind === "swap") {
      await remove(people, "Users", who);
      await create();
    }
    if (kind === "deactivate" && people.length > 0) {
      const Operations = [{ op: "replace", value: { active: who % 2 === 0 } }];
      await told("PATCH", `/Users/${people[who % people.length]}`, { schemas: [URN.patchOp], Operations });
    }
    if (kind === "create group") {
      number += 1;
      const displayName = `Neighbours ${number}`;
      groups.push((await told("POST", "/Groups", { schemas: [URN.group], displayName })).id);
    }
    if (kind === "delete group") await remove(groups, "Groups", who);
  };
  return { act, create, all: () => ({ users: people.length, groups: groups.length }) };
}

/** What reads lists and changes people and groups, but for what takes thousands of people. */
const EVERYTHING = [
  ...["okta/import/*", "okta/look-up/*", "okta/groups/*", "okta/users/*"],
  ...["rfc/reading/*", "rfc/delete/*", "rfc/filters/*", "rfc/groups/*"],
];

async function playedBeside({ what, atFirst, deeds, every }: Beside) {
  const { library } = started;
  if (library === undefined) throw new Error("the library is not loaded");
  const clock = virtualClock(Date.UTC(2026, 0, 5));
  const server = createReferenceServer({ clock, random: seededRandom(1) });
  const send = memorySend(server, clock, { origin: "https://scim.example.com", latency: () => 1 });
  const other = neighbour(memorySend(server, clock));
  for (let count = 0; count < atFirst; count += 1) await other.create();
  let requests = 0;
  const beside: Send = async (request, signal) => {
    requests += 1;
    if (requests % every === 0)
      await other.act(deeds[(requests / every) % deeds.length] ?? { kind: "nothing", who: 0 });
    return send(request, signal);
  };
  const report = await runConformance({
    ...library,
    speak,
    send: beside,
    clock,
    random: seededRandom(1),
    runId: "n0i5ed",
    openLedger: () => ({ lease() {}, close() {} }),
    settings: {
      oktaApps: ["aiw", "oin"],
      standard: "rfc",
      actions: OKTA_ACTIONS,
      onlyScenarios: what === "import" ? ["okta/import/*"] : EVERYTHING,
      onlyBehaviours: [],
      readOnly: false,
      maxPages: 50,
      settleMs: 0,
      oktaWaits: false,
      concurrency: 4,
      maxRequests: 20_000,
      strict: false,
      showForeignData: false,
      inputs: {},
      seed: 1,
    },
    target: { url: "https://scim.example.com/scim/v2", kind: "remote" },
    toolVersion: "0.0.0",
    notes: [],
    signal: new AbortController().signal,
  });
  return { report, left: server.counts(), neighbours: other.all() };
}

/** Claims of level must that failed, with what was seen. */
const blamed = ({ behaviours }: RunReport) =>
  behaviours.flatMap(({ claims }) =>
    claims.flatMap(({ id, level, verdict }) =>
      level === "must" && verdict.kind === "fail"
        ? verdict.findings.map(
            ({ where, expected, actual }) => `${id}: ${where}: expected ${expected}, was ${actual}`,
          )
        : [],
    ),
  );

describe("a run beside somebody else who writes", () => {
  holds(
    "noisy-neighbour",
    "blames a sound server for nothing, and leaves the other one's people alone",
    fc.record({
      // An import takes a tenth of the time, and is what a neighbour disturbs most.
      what: fc.constantFrom("everything" as const, "import" as const, "import" as const, "import" as const),
      atFirst: fc.constantFrom(0, 3, 60, 220, 400),
      deeds: fc.array(deed, { minLength: 1, maxLength: 12 }),
      every: fc.integer({ min: 1, max: 4 }),
    }),
    async (beside) => {
      const { report, left, neighbours } = await playedBeside(beside);
      expect(blamed(report)).toEqual([]);
      expect(report.leftovers).toEqual([]);
      expect(left).toEqual(neighbours);
    },
    { runs: 12 },
  );
});
