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
