import { describe, expect, it } from "vitest";
import { formatNamed } from "../../../src/report/formats.ts";
import { answered, behaviour, trial, type Wire } from "./bench.ts";

const BURST = `
steps:
  - id: burst
    perform: burst
    with: { requests: 60, person: { $from: okta/user.json } }
    expect:
      RATE.answered: { check: burst-answered }
      RATE.refused: { check: burst-refused-by-429 }
`;

/** A server that answers one request of a burst wrongly, and all others well. */
function failingAt(number: number): Wire {
  let seen = 0;
  return (request, send) => {
    if (request.method === "POST" || request.path.includes("filter=")) seen += 1;
    return seen === number && request.method !== "DELETE"
      ? answered(request, 503, {}, [["Retry-After", "7"]])
      : send();
  };
}

describe("what is wrong with one request of sixty", () => {
  it.each([2, 36, 58])("is shown by that request, wherever it stands: %i", async (number) => {
    const { report } = await trial({
      catalogue: [behaviour("RATE", { answered: "must", refused: "must" })],
      scenarios: { burst: BURST },
      wire: failingAt(number),
      settings: { burst: 60 },
    });
    const findings = report.behaviours.flatMap(({ places }) =>
      places.flatMap(({ verdict }) => (verdict.kind === "fail" ? verdict.findings : [])),
    );
    expect(findings.map(({ where }) => where.replace(/ \(.*/, ""))).toEqual([
      `request ${number}`,
      `request ${number} status`,
    ]);
    const exchanges = report.scenarios[0]?.steps[0]?.exchanges ?? [];
    for (const { exchange = -1 } of findings) {
      expect(exchanges[exchange]?.outcome).toMatchObject({ kind: "answer", status: 503 });
    }
    // Of the others, the first and the last are enough.
    expect(exchanges).toHaveLength(number === 36 ? 41 : 40);
    for (const format of ["text", "markdown", "html"]) {
      const text = formatNamed(format)?.render(report, {}) ?? "";
      expect([format, /seen in.*?\b503\b/is.test(text)]).toEqual([format, true]);
    }
    expect(report.causes).toMatchObject([{ refusal: { answer: "503" } }]);
  });
});

describe("what is wrong after a refusal", () => {
  const FOLLOWED = `
steps:
  - id: burst
    perform: burst
    with: { requests: 60, person: { $from: okta/user.json } }
    expect:
      RATE.honest: { check: burst-wait-honest }
      RATE.created: { check: burst-retries-created }
`;

  /** Refuses one create of a burst, the first request after the wait that it told, and the create that is sent again. */
  const lying: Wire = (() => {
    let seen = 0;
    return (request, send) => {
      if (request.method !== "POST" && !request.path.includes("filter=")) return send();
      seen += 1;
      if (seen === 2 || seen === 61) return answered(request, 429, {}, [["Retry-After", "1"]]);
      return seen === 63 ? answered(request, 409, {}) : send();
    };
  })();

  it("is shown by the request that was refused again, and not by the last one", async () => {
    const { report } = await trial({
      catalogue: [behaviour("RATE", { honest: "must", created: "must" })],
      scenarios: { burst: FOLLOWED },
      wire: lying,
      settings: { burst: 60 },
    });
    const exchanges = report.scenarios[0]?.steps[0]?.exchanges ?? [];
    const shown = report.behaviours.flatMap(({ places }) =>
      places.flatMap(({ claim, verdict }) =>
        verdict.kind === "fail"
          ? verdict.findings.map(({ exchange = -1 }) => [claim, exchanges[exchange]] as const)
          : [],
      ),
    );
    expect(shown).toMatchObject([
      ["RATE.honest", { request: { method: "GET" }, outcome: { status: 429 } }],
      ["RATE.created", { request: { method: "POST" }, outcome: { status: 409 } }],
    ]);
  });
});
