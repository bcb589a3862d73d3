import { BlockList, isIPv6 } from "node:net";
import fc from "fast-check";
import { Dispatcher, EnvHttpProxyAgent } from "undici";
import { describe, expect } from "vitest";
import { referencesLead, sameLocation } from "../../src/checks/named/location.ts";
import { isLoopback, parseBaseUrl } from "../../src/http/base-url.ts";
import { isProxied, proxySecrets } from "../../src/http/proxy.ts";
import type { Evidence } from "../../src/model/evidence.ts";
import type { Answer } from "../../src/model/exchange.ts";
import { evidenceOf, exchangeOf } from "../unit/checks/evidence-of.ts";
import { holds } from "./property.ts";

const label = fc.oneof(
  fc.constantFrom("example", "corp", "a", "xn--zo-qka", "localhost", "127"),
  fc.string({ unit: fc.constantFrom(..."abz019-_"), minLength: 1, maxLength: 6 }),
);
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join("."));
const ipv4 = fc.oneof(
  fc.ipV4(),
  fc.constantFrom(
    "127.0.0.1",
    "127.255.255.254",
    "128.0.0.1",
    "126.255.255.255",
    "0.0.0.0",
    "127.1",
    "2130706433",
  ),
);
const ipv6 = fc
  .oneof(
    fc.ipV6(),
    fc.constantFrom("::1", "::", "::ffff:127.0.0.1", "::ffff:128.0.0.1", "0:0:0:0:0:0:0:1", "::2", "fe80::1"),
  )
  .map((address) => `[${address}]`);
const host = fc.oneof({ weight: 3, arbitrary: name }, ipv4, ipv6);
const port = fc.option(fc.constantFrom(80, 443, 8_080, 65_535), { nil: null });
const scheme = fc.constantFrom("http", "https");
const address = fc
  .record({ scheme, host, port })
  .map((one) => `${one.scheme}://${one.host}${one.port === null ? "" : `:${one.port}`}/scim/v2`)
  .filter((text) => URL.canParse(text));

const proxy = fc.constantFrom(null, null, "", "http://proxy.corp:3128");
/** Exceptions that could be meant for a host, and some that are nothing. */
const exceptionsFor = (hosts: readonly string[]) => {
  const near = fc
    .constantFrom(...hosts)
    .chain((one) =>
      fc.constantFrom(
        one,
        one.toUpperCase(),
        `.${one}`,
        `*.${one}`,
        `*${one}`,
        `x${one}`,
        one.slice(one.indexOf(".") + 1),
      ),
    );
  const entry = fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: near },
        host,
        fc.constantFrom("*", ".", "*.", "::1", "10.0.0.0/8", ":80", ""),
      ),
      fc.constantFrom("", "", "", ":80", ":443", ":8080", ":0", ":0443", ":"),
    )
    .map((both) => both.join(""));
  return fc
    .oneof(
      {
        weight: 5,
        arbitrary: fc.tuple(fc.array(entry, { maxLength: 4 }), fc.constantFrom(",", " ", ", ", "\n")),
      },
      { weight: 1, arbitrary: fc.tuple(fc.constant(["*"]), fc.constant(",")) },
    )
    .map(([entries, between]) => entries.join(between));
};

/** Which way undici's own agent takes to an address; nothing is sent. */
function isProxiedByUndici(
  url: URL,
  { http_proxy, https_proxy, no_proxy }: Readonly<Record<string, string>>,
): boolean {
  let way: "direct" | "proxy" | undefined;
  class Nowhere extends Dispatcher {
    override dispatch(): boolean {
      return true;
    }
  }
  const connect = () => {};
  const agent = new EnvHttpProxyAgent({
    httpProxy: http_proxy ?? "",
    httpsProxy: https_proxy ?? "",
    noProxy: no_proxy ?? "",
    connect,
    factory: (_origin: unknown, options: { readonly connect?: unknown }) => {
      way = options.connect === connect ? "direct" : "proxy";
      return new Nowhere();
    },
  });
  agent.dispatch({ origin: url.origin, path: "/", method: "GET" }, {});
  if (way === undefined) throw new Error("undici chose no way");
  return way === "proxy";
}

const given = (settings: Readonly<Record<string, string | null>>) =>
  Object.fromEntries(Object.entries(settings).filter((one): one is [string, string] => one[1] !== null));

describe("the proxy of the environment", () => {
  holds(
    "no-proxy",
    "stands before the same addresses for a load as undici sends through it, whatever NO_PROXY says",
    fc
      .record({ address, http_proxy: proxy, https_proxy: proxy })
      .chain((one) =>
        exceptionsFor([new URL(one.address).hostname]).map((no_proxy) => ({ ...one, no_proxy })),
      ),
    ({ address: text, ...settings }) => {
      const url = new URL(text);
      const lower = given(settings);
      const upper = Object.fromEntries(
        Object.entries(lower).map(([key, value]) => [key.toUpperCase(), value]),
      );
      const expected = isProxiedByUndici(url, lower);
      expect(isProxied(url, lower)).toBe(expected);
      expect(isProxied(url, upper)).toBe(expected);
    },
    { runs: 2_000 },
  );

  holds(
    "proxy-secrets",
    "has a password that is known in every form in which it may come back",
    fc.record({
      user: fc.string({ minLength: 1 }),
      password: fc.string({ minLength: 1 }),
      withScheme: fc.boolean(),
    }),
    ({ user, password, withScheme }) => {
      const pair = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
      const secrets = proxySecrets(`${withScheme ? "http://" : ""}${pair}@proxy.corp:3128`);
      expect(secrets).toContain(password);
      expect(secrets).toContain(Buffer.from(`${user}:${password}`).toString("base64"));
    },
  );
});

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");
LOOPBACK.addSubnet("::ffff:127.0.0.0", 104, "ipv6");

/** Whether an address of a URL is this machine's, as Node.js counts subnets. */
function isLoopbackBySubnet(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return bare === "localhost" || LOOPBACK.check(bare, isIPv6(bare) ? "ipv6" : "ipv4");
}

describe("a host", () => {
  holds(
    "loopback",
    "is this machine where its address lies in a subnet that is, and a name that only looks like one is not",
    fc.oneof(host, fc.constantFrom("localhost", "LOCALHOST", "127.evil.example", "localhost.example")),
    (text) => {
      if (!URL.canParse(`http://${text}/`)) return;
      const { hostname } = new URL(`http://${text}/`);
      expect(isLoopback(hostname)).toBe(isLoopbackBySubnet(hostname));
    },
    { runs: 1_000 },
  );
});

const segment = fc.oneof(
  fc.constantFrom(
    "scim",
    "v2",
    "Users",
    "Groups",
    "..",
    ".",
    "%20",
    "a b",
    "é",
    "@",
    ":",
    ";",
    "\\",
    "%",
    "",
  ),
  fc.webSegment(),
);
const odd = fc.constantFrom("?", "#", "?a=b", "#top", "user@", "user:pass@", ":pass@", "\n", "\t", " ", "\\");
const baseUrl = fc
  .record({
    before: fc.constantFrom("", " ", "\n"),
    scheme: fc.constantFrom(
      "http://",
      "https://",
      "HTTPS://",
      "http:",
      "ftp://",
      "",
      "//",
      "javascript:",
      "file://",
    ),
    user: fc.constantFrom("", "", "", "", "user@", "user:pass@", ":pass@", "@"),
    host: fc.oneof(host, fc.constant("")),
    port: fc.constantFrom("", "", ":80", ":443", ":8080", ":65536", ":x", ":"),
    path: fc.array(segment, { maxLength: 4 }).map((all) => all.map((one) => `/${one}`).join("")),
    behind: fc.oneof({ weight: 4, arbitrary: fc.constant("") }, odd),
  })
  .map((one) => `${one.before}${one.scheme}${one.user}${one.host}${one.port}${one.path}${one.behind}`);

describe("a base URL", () => {
  holds(
    "base-url",
    "of any text is refused in a sentence, or one that paths can be appended to and that says nothing it should not",
    fc.oneof({ weight: 4, arbitrary: baseUrl }, { weight: 1, arbitrary: fc.string({ unit: "binary" }) }),
    (text) => {
      const parsed = parseBaseUrl(text);
      if (!parsed.ok) {
        expect(parsed.problem).toMatch(/\.$|: /);
        return;
      }
      const { href } = parsed.url;
      expect(["http:", "https:"]).toContain(parsed.url.protocol);
      expect(href).not.toMatch(/[?#\s]/);
      expect([parsed.url.username, parsed.url.password]).toEqual(["", ""]);
      const known = new URL(text.trim());
      expect(parsed.url.origin).toBe(known.origin);
      // As it is typed again out of a report, it is the same.
      expect(parseBaseUrl(href)).toMatchObject({ ok: true, url: { href } });
      const base = href.replace(/\/$/, "");
      const users = new URL(`${base}/Users?startIndex=1`);
      expect([users.origin, users.search]).toEqual([known.origin, "?startIndex=1"]);
      expect(users.href).toBe(`${base}/Users?startIndex=1`);
    },
    { runs: 1_000 },
  );
});

/** An id as a server may choose it, other than those that mean something to every URL. */
const id = fc
  .oneof(
    fc.uuid(),
    fc.string({ unit: "binary", minLength: 1 }),
    fc.constantFrom("a b", "a/b", "a?b", "100%", "\ud800", "a+b", "é"),
  )
  .filter((text) => !/^\.{1,2}$|^(%2e|\.){1,2}$/i.test(text));

/** The id in one segment of a path; what need not be percent-encoded is, where `also` says so, in either letter case. */
function segmentOf(text: string, also: readonly boolean[], upper: boolean): string {
  return [...encodeURIComponent(wellFormed(text)).matchAll(/%[0-9A-F]{2}|./g)]
    .map(([one], at) => {
      if (one.length > 1) return upper ? one : one.toLowerCase();
      const code = `%${one.charCodeAt(0).toString(16)}`;
      return also[at] === true ? (upper ? code.toUpperCase() : code) : one;
    })
    .join("");
}

const ROOT = "https://scim.example.com";
const written = fc.record({
  from: fc.constantFrom(
    `${ROOT}/scim/v2/`,
    "HTTPS://SCIM.example.com:443/scim/v2/",
    "/scim/v2/",
    "/scim/./v2/x/../",
    "//scim.example.com/scim/v2/",
    "../v2/",
  ),
  also: fc.array(fc.boolean(), { maxLength: 12 }),
  upper: fc.boolean(),
  behind: fc.constantFrom("", "/", "?version=1", "#top"),
});
type Written = typeof written extends fc.Arbitrary<infer One> ? One : never;
const addressOf = ({ from, also, upper, behind }: Written, of: string) =>
  `${from}Users/${segmentOf(of, also, upper)}${behind}`;

/** The answer to a create that shows the address in its header and in its body. */
function created(header: string, location: string): Evidence {
  const exchange = exchangeOf(201, { meta: { location } }, `${ROOT}/scim/v2/Users`);
  const outcome = { ...exchange.outcome, headers: [["Location", header]] } as Answer;
  return { ...evidenceOf(201), exchanges: [{ ...exchange, outcome }] };
}

describe("the address of a resource", () => {
  holds(
    "location-spelling",
    "is the same however it is spelled, and another one for every other id",
    fc.record({ one: written, other: written, id, different: id }),
    ({ one, other, id: of, different }) => {
      const judged = (header: string, location: string) =>
        sameLocation.judge(created(header, location), { header: "Location" }).kind;
      expect(judged(addressOf(one, of), addressOf(other, of))).toBe("holds");
      const isSame = encodeURIComponent(wellFormed(of)) === encodeURIComponent(wellFormed(different));
      if (!isSame) expect(judged(addressOf(one, of), addressOf(other, different))).toBe("broken");
    },
    { runs: 500 },
  );

  holds(
    "reference-spelling",
    "in a $ref leads to whom its value names, however it is spelled, and to nobody else",
    fc.record({ written, id, different: id }),
    ({ written: one, id: of, different }) => {
      const judged = (value: string) => {
        const members = [{ value, $ref: addressOf(one, of) }];
        const exchange = {
          ...exchangeOf(200, { members }, `${ROOT}/scim/v2/Groups/9`),
          request: { method: "GET", path: "/Groups/9", headers: [] },
        };
        return referencesLead.judge({ ...evidenceOf(200), exchanges: [exchange] }, { path: "members" }).kind;
      };
      expect(judged(of)).toBe("holds");
      if (wellFormed(of) !== wellFormed(different)) expect(judged(different)).toBe("broken");
    },
    { runs: 500 },
  );

  holds(
    "location-any-text",
    "of any text is compared, or left open where it is none",
    fc.record({ header: fc.string({ unit: "binary" }), location: fc.string({ unit: "binary" }) }),
    ({ header, location }) => {
      expect(["holds", "broken", "unknown"]).toContain(
        sameLocation.judge(created(header, location), { header: "Location" }).kind,
      );
    },
  );
});

/** Half a surrogate pair cannot stand in an address; what is sent for it is U+FFFD. */
const wellFormed = (text: string) => text.replaceAll(/\p{Surrogate}/gu, "\uFFFD");
