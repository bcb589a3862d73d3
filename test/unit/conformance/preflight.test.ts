import { describe, expect, it } from "vitest";
import { diagnose } from "../../../src/conformance/preflight.ts";
import type { Exchange, Request, SilenceReason } from "../../../src/model/exchange.ts";
import { answered, silent, trial } from "./bench.ts";

const REQUEST: Request = { method: "GET", path: "/Users?startIndex=1&count=2", headers: [] };
const HTML = [["Content-Type", "text/html; charset=utf-8"]] as const;
const PAGE = "<!DOCTYPE html><html><body>Sign in</body></html>";
const SCENARIO =
  "steps: [{ id: c, send: POST /Users, body: { $from: okta/user.json }, expect: { B-01.must: { status: 201 } } }]";

describe("a broken endpoint is diagnosed before anything is judged", () => {
  it.each<[string, string, ReturnType<typeof answered>]>([
    ["a dead port", "refused", silent(REQUEST, "refused")],
    ["a host name nobody knows", "unresolved", silent(REQUEST, "unresolved")],
    ["a certificate that is not trusted", "tls", silent(REQUEST, "tls")],
    ["a connection that is reset", "reset", silent(REQUEST, "reset")],
    ["a server that says nothing", "timed-out", silent(REQUEST, "timed-out")],
    ["a port that does not speak HTTP", "malformed", silent(REQUEST, "malformed")],
    ["an answer without end", "too-large", silent(REQUEST, "too-large")],
    ["a credential that is refused", "unauthorised", answered(REQUEST, 401, { detail: "no" })],
    ["a credential refused with a web page", "unauthorised", answered(REQUEST, 401, PAGE, HTML)],
    ["a credential that may not read users", "unauthorised", answered(REQUEST, 403, { detail: "no" })],
    ["a firewall's page", "html", answered(REQUEST, 403, PAGE, HTML)],
    ["a sign-in page", "html", answered(REQUEST, 200, PAGE, HTML)],
    ["a sign-in page that does not say what it is", "html", answered(REQUEST, 200, ` \n${PAGE}`, [])],
    ["a wrong base path", "html", answered(REQUEST, 404, "<html>Cannot GET /Users</html>", HTML)],
    ["a gateway without a server", "proxy", answered(REQUEST, 502, "Bad Gateway", HTML)],
    ["a gateway that is overloaded", "proxy", answered(REQUEST, 503, PAGE, HTML)],
    ["a gateway that lost patience", "proxy", answered(REQUEST, 504, "")],
    ["a proxy that wants a password", "proxy", answered(REQUEST, 407, PAGE, HTML)],
    ["a quota that is used up", "throttled", answered(REQUEST, 429, {})],
  ])("%s: %s", (_, cause, exchange) => {
    const found = diagnose(exchange);
    expect(found).toMatchObject({ kind: "stopped", stopped: { cause, exchange } });
    if (found.kind === "stopped") expect(found.stopped.remedy).toMatch(/\.$/);
  });
});

it("what silence says of its own mending is told before what its kind says", () => {
  const { outcome, ...rest } = silent(REQUEST, "tls");
  const remedy = "Give the address with http://.";
  const found = diagnose({ ...rest, outcome: { ...outcome, remedy } as Exchange["outcome"] });
  expect(found).toMatchObject({ stopped: { cause: "tls", remedy } });
});

describe("a web page in place of the first page of users", () => {
  const remedy = (status: number) => {
    const found = diagnose(answered(REQUEST, status, PAGE, HTML));
    return found.kind === "stopped" ? found.stopped.remedy : "";
  };

  it("is taken for a sign-in page, unless the status says that the server failed", () => {
    expect(remedy(200)).toMatch(/sign-in page/);
    expect(remedy(500)).toMatch(/^This is how frameworks tell that the server failed/);
    expect(remedy(500)).not.toMatch(/sign-in page/);
  });
});

describe("an endpoint that merely answers oddly is judged, not stopped at", () => {
  it.each<[string, ReturnType<typeof answered>]>([
    ["JSON that is no list", answered(REQUEST, 200, { hello: "world" })],
    ["a bare array", answered(REQUEST, 200, [])],
    ["a JSON 404", answered(REQUEST, 404, { status: "404" })],
    ["a SCIM error with 503", answered(REQUEST, 503, { detail: "busy" })],
    ["a 500", answered(REQUEST, 500, "oops", [])],
    ["a redirect", answered(REQUEST, 302, "", [["Location", "/login"]])],
    ["JSON that calls itself HTML", answered(REQUEST, 200, { totalResults: "3" }, HTML)],
    ["an empty body", answered(REQUEST, 200, "")],
  ])("%s", (_, exchange) => {
    expect(diagnose(exchange)).toEqual({ kind: "ready" });
  });

  it("and the number of users is told where the server tells it", () => {
    expect(diagnose(answered(REQUEST, 200, { totalResults: 7 }))).toEqual({ kind: "ready", usersBefore: 7 });
  });

  it.each([
    ["writes zero as a text", { totalResults: "0", Resources: [] }],
    ["leaves zero out", { Resources: [] }],
  ])("an empty directory is known as one where the server %s", (_what, body) => {
    expect(diagnose(answered(REQUEST, 200, body))).toEqual({ kind: "ready", usersBefore: 0 });
  });
});

describe("a run that is stopped", () => {
  it.each<SilenceReason>(["refused", "tls", "reset"])(
    "by %s sends nothing more, and exits with 3",
    async (reason) => {
      const { report, sent } = await trial({
        scenarios: { one: SCENARIO },
        wire: (request) => silent(request, reason),
      });
      expect(sent).toHaveLength(1);
      expect(report).toMatchObject({ stopped: { cause: reason }, behaviours: [], outcome: { exitCode: 3 } });
    },
  );
});
