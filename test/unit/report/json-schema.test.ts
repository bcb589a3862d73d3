import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { RunReport } from "../../../src/model/report.ts";
import { json } from "../../../src/report/json.ts";
import { reportSchema } from "../../../src/report/saved.ts";
import { sampleReport, soundReport, stoppedReport } from "./sample-report.ts";

const validator = () => new Ajv2020({ strict: false }).compile(reportSchema("run"));

describe("the published JSON Schema", () => {
  it.each(["run", "load"] as const)(
    "of the report of %s is what saved reports are read with",
    async (kind) => {
      await expect(`${JSON.stringify(reportSchema(kind), null, 2)}\n`).toMatchFileSnapshot(
        `../../../fixtures/schemas/${kind}-report.schema.json`,
      );
    },
  );

  it.each([
    ["something of everything", sampleReport()],
    ["a stopped run", stoppedReport()],
    ["a sound run", soundReport()],
    ["hostile text", sampleReport({ said: "\ud800 \u2028 </script> \u0000" })],
  ])("holds for %s", (_, report) => {
    const isValid = validator();
    isValid(JSON.parse(json.render(report, {})));
    expect(isValid.errors).toBeNull();
  });

  it("does not hold for a report with an answer nobody knows, or without its verdicts", () => {
    const [first, ...others] = sampleReport().behaviours;
    const wrong = { ...sampleReport(), behaviours: [{ ...first, verdict: { kind: "maybe" } }, ...others] };
    expect(validator()(wrong)).toBe(false);
    const { outcome: _, ...partial }: RunReport = sampleReport();
    expect(validator()(partial)).toBe(false);
  });
});
