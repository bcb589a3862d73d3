import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { catalogue } from "../../src/catalogue/index.ts";
import { matches } from "../../src/conformance/pattern.ts";
import { isJsonObject, jsonIn } from "../../src/model/json.ts";
import type { ServerRequest } from "../../src/reference-server/message.ts";
import {
  claimsOn,
  isCredentialTest,
  JSON_TYPE,
  json,
  type Reply,
  refused,
  type Sort,
} from "./wrapped-servers.ts";

/** What was sent comes back, under the id that was asked for. */
function echo({ target, body }: ServerRequest): Reply {
  const sent = jsonIn(body);
  return json(200, { ...(isJsonObject(sent) ? sent : {}), id: target.split(/[/?]/).at(-1) });
}

const always = (reply: Reply) => () => reply;

/** The one answer a dull server has. */
const ANSWERS: Readonly<Record<string, (request: ServerRequest) => Reply>> = {
  "500": always(refused(500)),
  "404": always(refused(404)),
  "403": always(refused(403)),
  "409": always(refused(409)),
  "400": always(refused(400)),
  "200 with nothing": always({ status: 200, headers: JSON_TYPE, body: "" }),
  "200 with {}": always(json(200, {})),
  "200 with an empty list": always(
    json(200, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    }),
  ),
  "200 with a web page": always({
    status: 200,
    headers: [["Content-Type", "text/html"]],
    body: "<p>Welcome</p>",
  }),
  "204": always({ status: 204, headers: [], body: "" }),
  "an echo": echo,
};

const isCreate = ({ method, target }: Sort) => method === "POST" && /\/(Users|Groups)(\?|$)/.test(target);
const is =
  (...methods: readonly string[]) =>
  ({ method }: Sort) =>
    methods.includes(method);
const isList = ({ method, target }: Sort) =>
  method === "GET" && /\/(Users|Groups)(\?|$)/.test(target) && !isCredentialTest({ method, target });
const isRead = ({ method, target }: Sort) => method === "GET" && /\/(Users|Groups)\/./.test(target);

const requestOf = new Map(
  catalogue.flatMap(({ claims, request }) => claims.map(({ id }) => [id, request] as const)),
);
const asksWith = (pattern: RegExp) => (claim: string) => pattern.test(requestOf.get(claim) ?? "");

/** What a dull server does like a sound one. */
const SERVERS: readonly {
  readonly does: string;
  readonly isSound: (request: Sort) => boolean;
  readonly answers: readonly string[];
  /** The claims that are about what it does badly; all, if absent. */
  readonly claims?: (id: string) => boolean;
}[] = [
  {
    does: "nothing but the credential test",
    isSound: isCredentialTest,
    answers: Object.keys(ANSWERS),
  },
  {
    does: "nothing but the credential test and creates",
    isSound: (request) => isCredentialTest(request) || isCreate(request),
    answers: Object.keys(ANSWERS),
  },
  {
    does: "everything but changes",
    isSound: (request) => !is("PUT", "PATCH", "DELETE")(request),
    answers: ["400", "404", "204", "an echo"],
    claims: asksWith(/\b(PUT|PATCH|DELETE)\b/),
  },
  {
    does: "everything but PATCH",
    isSound: (request) => !is("PATCH")(request),
    answers: ["400", "403", "404", "500", "204", "200 with {}", "an echo"],
    claims: asksWith(/\bPATCH\b/),
  },
  {
    does: "everything but PUT",
    isSound: (request) => !is("PUT")(request),
    answers: ["400", "404", "204", "200 with {}", "an echo"],
    claims: asksWith(/\bPUT\b/),
  },
  {
    does: "everything but DELETE",
    isSound: (request) => !is("DELETE")(request),
    answers: ["400", "404", "204"],
    claims: asksWith(/\bDELETE\b/),
  },
  {
    does: "everything but creates",
    isSound: (request) => !isCreate(request),
    answers: ["400", "409", "an echo"],
  },
  {
    does: "everything but lists",
    isSound: (request) => !isList(request),
    answers: ["200 with an empty list", "400", "404"],
    claims: asksWith(/GET \/(Users|Groups)(\?|\b(?!\/))|filter/),
  },
  {
    does: "everything but reads of one resource",
    isSound: (request) => !isRead(request),
    answers: ["404", "200 with {}", "200 with an empty list"],
    claims: asksWith(/GET \/(Users|Groups)\/|read/),
  },
];

async function passesOf(
  name: string,
  isSound: (request: Sort) => boolean,
  answer: (request: ServerRequest) => Reply,
) {
  const claims = await claimsOn(name, isSound, answer);
  return claims.filter(({ level, verdict }) => level === "must" && verdict === "pass");
}

interface Reason {
  readonly why: string;
  /** Where it counts; everywhere, if absent. */
  readonly servers?: readonly string[];
  readonly claims: readonly string[];
}

const REASONS = parse(
  readFileSync(new URL("dull-servers/reasons.yaml", import.meta.url), "utf8"),
) as readonly Reason[];

const given = (does: string) => REASONS.filter(({ servers }) => servers?.includes(does) ?? true);
const passes = (does: string) =>
  readFileSync(new URL(fileOf(does), import.meta.url), "utf8")
    .split("\n")
    .flatMap((line) => line.split(":")[0] || []);
const fileOf = (does: string) => `dull-servers/${does.replaceAll(" ", "-")}.txt`;

describe("the reasons why a must may pass on little", () => {
  it("cover every pass", () => {
    const bare = SERVERS.flatMap(({ does }) =>
      passes(does)
        .filter(
          (claim) => !given(does).some(({ claims }) => claims.some((pattern) => matches(claim, pattern))),
        )
        .map((claim) => `${claim} passes on a server that does ${does} well, and nobody says why`),
    );
    expect(bare).toEqual([]);
  });

  it("are each of use", () => {
    const idle = REASONS.flatMap(({ servers = SERVERS.map(({ does }) => does), claims, why }) => {
      const passed = servers.flatMap(passes);
      return claims
        .filter((pattern) => !passed.some((claim) => matches(claim, pattern)))
        .map((pattern) => `${pattern}: ${why}`);
    });
    expect(idle).toEqual([]);
  });
});

/**
 * A server that always answers the same shows little, and a must that passes on it needs a reason: it is about that
 * very answer (a refusal that is asked for, a body without a password), or about what the server still does well.
 * Whatever else passes here would pass on no evidence.
 */
describe("servers that have one answer for everything", () => {
  for (const { does, isSound, answers, claims } of SERVERS) {
    it(`and do ${does} well: musts pass only as written down`, { timeout: 300_000 }, async () => {
      const passedOn = new Map<string, string[]>();
      for (const answer of answers) {
        for (const { claim } of await passesOf(
          `${does} (${answer})`,
          isSound,
          ANSWERS[answer] ?? always(refused(500)),
        )) {
          if (claims?.(claim) ?? true) passedOn.set(claim, [...(passedOn.get(claim) ?? []), answer]);
        }
      }
      const lines = [...passedOn].map(
        ([claim, on]) => `${claim}: ${on.length === answers.length ? "any answer" : on.join(", ")}`,
      );
      await expect(`${lines.toSorted().join("\n")}\n`).toMatchFileSnapshot(fileOf(does));
    });
  }
});
