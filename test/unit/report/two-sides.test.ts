import { describe, expect, it } from "vitest";
import type { RunReport } from "../../../src/model/report.ts";
import { FORMATS } from "../../../src/report/formats.ts";
import { sampleReport } from "./sample-report.ts";

const sides = { about: "status in an error", okta: "a text or a number", rfc: "a text & nothing else" };

function withSides(id: string): RunReport {
  const report = sampleReport();
  return {
    ...report,
    behaviours: report.behaviours.map((one) => (one.id === id ? { ...one, sides: [sides] } : one)),
  };
}

/** As a reader sees it, whatever the markup. */
const read = (text: string) =>
  text
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&amp;", "&")
    .replaceAll(/[\\*"]/g, "")
    .replaceAll(/\s+/g, " ")
    .toLowerCase();

describe("where Okta and the RFC differ about a broken behaviour", () => {
  it.each(FORMATS.filter(({ name }) => name !== "github").map((format) => [format.name, format] as const))(
    "both sides stand together in %s",
    (_, format) => {
      const shown = read(format.render(withSides("OKTA-PATCH-02"), {}));
      const at = shown.indexOf(sides.okta);
      expect(at).toBeGreaterThan(0);
      expect(shown.slice(at - 100, at)).toContain(sides.about);
      expect(shown.slice(at, at + 100)).toContain(sides.rfc);
      expect(read(format.render(sampleReport(), {}))).not.toContain(sides.okta);
    },
  );

  it("both stand in the page also where the behaviour is kept", () => {
    const page = FORMATS.find(({ name }) => name === "html")?.render(withSides("OKTA-CRED-01"), {});
    expect(read(page ?? "")).toContain(sides.rfc);
  });
});
