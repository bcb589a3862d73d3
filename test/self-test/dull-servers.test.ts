import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/catalogue/index.ts";
import type { Answer } from "../../src/model/exchange.ts";
import type { Trial } from "../../src/model/self-test.ts";
import { speak } from "../../src/okta/headers.ts";
import type { Handle, ServerRequest } from "../../src/reference-server/message.ts";
import { observe } from "../../src/self-test/observe.ts";
import { loadLibrary } from "../../src/wiring/library.ts";
import { systemClock } from "../../src/wiring/system-clock.ts";
import { startTrialServer } from "../../src/wiring/trial-server.ts";

type Reply = Pick<Answer, "status" | "headers" | "body">;

const JSON_TYPE = [["Content-Type", "application/scim+json"]] as const;
const json = (status: number, body: unknown): Reply => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify(body),
});
const refused = (status: number): Reply =>
  json(status, {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    detail: "It cannot be done, whatever it is.",
    status: String(status),
  });

/** The one answer a dull server has. */
const ANSWERS: Readonly<Record<string, Reply>> = {
  "500": refused(500),
  "404": refused(404),
  "400": refused(400),
  "200 with nothing": { status: 200, headers: JSON_TYPE, body: "" },
  "200 with {}": json(200, {}),
  "200 with an empty list": json(200, {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: 0,
    startIndex: 1,
    itemsPerPage: 0,
    Resources: [],
  }),
  "200 with a web page": { status: 200, headers: [["Content-Type", "text/html"]], body: "<p>Welcome</p>" },
  "204": { status: 204, headers: [], body: "" },
};

const isCredentialTest = ({ method, target }: ServerRequest) =>
  method === "GET" && target.endsWith("/Users?startIndex=1&count=2");
const isCreate = ({ method, target }: ServerRequest) =>
  method === "POST" && /\/(Users|Groups)(\?|$)/.test(target);
const isChange = ({ method }: ServerRequest) => ["PUT", "PATCH", "DELETE"].includes(method);

const every = () => true;
const requestOf = new Map(
  catalogue.flatMap(({ claims, request }) => claims.map(({ id }) => [id, request] as const)),
);

/** What a dull server does like a sound one. Without its first page of users, a run is broken off at once. */
const SOUND: readonly {
  readonly does: string;
  readonly isSound: (request: ServerRequest) => boolean;
  readonly answers: readonly string[];
  readonly claims: (id: string) => boolean;
}[] = [
  {
    does: "nothing but the credential test",
    isSound: isCredentialTest,
    answers: Object.keys(ANSWERS),
    claims: every,
  },
  {
    does: "nothing but the credential test and creates",
    isSound: (request) => isCredentialTest(request) || isCreate(request),
    answers: Object.keys(ANSWERS),
    claims: every,
  },
  {
    does: "everything but changes",
    isSound: (request) => !isChange(request),
    answers: ["400", "204"],
    claims: (id) => /\b(PUT|PATCH|DELETE)\b/.test(requestOf.get(id) ?? ""),
  },
];

async function passesOf(isSound: (request: ServerRequest) => boolean, reply: Reply) {
  const wrap =
    (handle: Handle): Handle =>
    (request) =>
      isSound(request) ? handle(request) : reply;
  const trial: Trial = {
    ...{ kind: "quirk", name: "dull", title: "", layer: "app" },
    ...{ variations: [], target: [], also: [] },
  };
  const seen = await observe(trial, {
    ...(await loadLibrary()),
    speak,
    toolVersion: "0.0.0",
    realClock: systemClock(),
    seed: 1,
    signal: new AbortController().signal,
    startServer: (_trial, clock, random) =>
      startTrialServer([{ make: () => ({ wrap }) }], "app", clock, random),
  });
  expect(seen.crashed).toBe(undefined);
  return seen.claims.filter(({ level, verdict }) => level === "must" && verdict === "pass");
}

/**
 * A server that always answers the same shows little, and a must that passes on it needs a reason: it is about that
 * very answer (a refusal that is asked for, a body without a password), or about what the server still does well.
 * Whatever else passes here would pass on no evidence.
 */
describe("servers that have one answer for everything", () => {
  for (const { does, isSound, answers, claims } of SOUND) {
    it(`and do ${does} well: musts pass only as written down`, { timeout: 300_000 }, async () => {
      const passedOn = new Map<string, string[]>();
      for (const answer of answers) {
        const reply = ANSWERS[answer] ?? refused(500);
        for (const { claim } of await passesOf(isSound, reply)) {
          if (claims(claim)) passedOn.set(claim, [...(passedOn.get(claim) ?? []), answer]);
        }
      }
      const lines = [...passedOn].map(
        ([claim, on]) => `${claim}: ${on.length === answers.length ? "any answer" : on.join(", ")}`,
      );
      const file = `dull-servers/${does.replaceAll(" ", "-")}.txt`;
      await expect(`${lines.toSorted().join("\n")}\n`).toMatchFileSnapshot(file);
    });
  }
});
