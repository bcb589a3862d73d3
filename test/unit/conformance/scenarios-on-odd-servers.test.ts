import { beforeAll, describe, expect, it } from "vitest";
import type { Exchange } from "../../../src/model/exchange.ts";
import { type Library, loadLibrary } from "../../../src/wiring/library.ts";
import { answered as answer, trial, type Wire } from "./bench.ts";

let library: Library;
beforeAll(async () => {
  library = await loadLibrary([]);
}, 60_000);

/** What a scenario of ours says of the claims of one behaviour. */
async function claimsOf(scenario: string, behaviour: string, wire: Wire) {
  const { catalogue, scenarios } = library;
  const { report } = await trial({
    scenarios: scenarios.filter(({ id }) => id === scenario),
    catalogue,
    wire,
    settings: { standard: "rfc" },
  });
  const found = report.behaviours.find(({ id }) => id === behaviour);
  return Object.fromEntries((found?.claims ?? []).map(({ id, verdict }) => [id.split(".").at(-1), verdict]));
}

const answered = (exchange: Exchange, status: number, body = ""): Exchange => ({
  ...exchange,
  outcome: { kind: "answer", status, headers: [["content-type", "application/scim+json"]], body },
});

describe("a server that shows null for what nobody assigned, and takes no null", () => {
  const noNull: Wire = async (request, send) => {
    if (request.method === "PUT" && request.body?.includes("null")) return answered(await send(), 400);
    const exchange = await send();
    if (exchange.outcome.kind !== "answer" || exchange.outcome.status > 201) return exchange;
    const { outcome } = exchange;
    const body = outcome.body.replace(/"name":\{/, '"title":null,"name":{"middleName":null,');
    return { ...exchange, outcome: { ...outcome, body } };
  };

  it("is not asked for it by what is written back, of which nobody knows whether Okta would", async () => {
    expect(await claimsOf("okta/users/update", "OKTA-PUT-02", noNull)).toMatchObject({
      accepted: { kind: "pass" },
      "id-kept": { kind: "pass" },
    });
  });

  it("is told that Okta clears attributes by null", async () => {
    const claims = await claimsOf("okta/users/empty-values", "OKTA-PUT-04", noNull);
    expect(claims["null-value"]).toMatchObject({ kind: "fail" });
  });
});

describe("a name of a group that is taken", () => {
  /** The second create of a group is answered so. */
  const secondly = (status: number): Wire => {
    let creates = 0;
    return async (request, send) => {
      const isCreate = request.method === "POST" && request.path === "/Groups";
      if (isCreate) creates += 1;
      const exchange = await send();
      return isCreate && creates % 2 === 0 ? answered(exchange, status) : exchange;
    };
  };
  const claims = (status: number) =>
    claimsOf("okta/groups/same-name", "OKTA-GROUP-PUSH-09", secondly(status));

  it("that ends in a 500 is blamed for that, and not for the way in which it is refused", async () => {
    expect(await claims(500)).toMatchObject({
      "no-server-error": { kind: "fail" },
      conflict: { kind: "unknown", neutral: true },
    });
  });

  it("that is refused otherwise than with 409 is told which status would do", async () => {
    expect(await claims(400)).toMatchObject({
      "no-server-error": { kind: "pass" },
      conflict: { kind: "fail", findings: [{ where: "status", expected: "409", actual: "400" }] },
    });
  });

  it("may be accepted", async () => {
    expect(await claims(201)).toMatchObject({
      "no-server-error": { kind: "pass" },
      conflict: { kind: "pass" },
    });
  });
});

describe("a PATCH whose path leads nowhere on this server", () => {
  /** The server behind it is left as it was. */
  const patched =
    (isMeant: (body: string) => boolean, status: number, body = ""): Wire =>
    (request, send) =>
      request.method === "PATCH" && isMeant(request.body ?? "") ? answer(request, status, body) : send();

  it("is not asked for the word of a refusal, where the same attribute is refused with a match", async () => {
    const noAddresses = patched(
      (body) => body.includes("emails"),
      400,
      JSON.stringify({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
        status: "400",
        scimType: "invalidPath",
        detail: "There is no such attribute.",
      }),
    );
    const claims = await claimsOf("rfc/patch/replace-values", "RFC7644-3.5.2.3-05", noAddresses);
    expect(claims).toMatchObject({ refused: { kind: "unknown" }, word: { kind: "unknown" } });
  });

  it("is blamed for no other spelling of the path, and for no order of two such operations", async () => {
    const noParts = patched((body) => /name\.givenname/i.test(body), 204);
    expect(await claimsOf("rfc/patch/names", "RFC7644-3.5.2-13", noParts)).toMatchObject({
      "letter-case": { kind: "unknown" },
      "core-urn": { kind: "unknown" },
    });
    expect(await claimsOf("rfc/patch/whole-or-not", "RFC7644-3.5.2-03", noParts)).toMatchObject({
      "last-wins": { kind: "unknown" },
    });
    expect(await claimsOf("rfc/patch/names", "RFC7644-3.5.2.3-01", noParts)).toMatchObject({
      "with-value": { kind: "fail" },
    });
  });
});
