import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, it } from "vitest";
import { shortened } from "../../../src/conformance/beginning.ts";
import { FORMATS, formatNamed } from "../../../src/report/formats.ts";
import { clipped, safeJson, safeText } from "../../../src/report/safe-text.ts";
import { HOSTILE } from "./hostile.ts";
import { sampleReport, stoppedReport } from "./sample-report.ts";

/** All that must not come out: controls but for our line feeds, format characters, halves, odd line ends. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u;

const reports = (said: string) => [sampleReport({ said }), stoppedReport({ said })];

describe.each(HOSTILE)("%s in what a server said", (_, said) => {
  it.each(FORMATS.map(({ name }) => name))("stays text in the format %s", (name) => {
    for (const report of reports(said)) {
      for (const options of [{}, { verbose: true }, { quiet: true }]) {
        expect(formatNamed(name)?.render(report, options)).not.toMatch(UNSAFE);
      }
    }
  });

  it("adds no line to a report for people", () => {
    const ours = formatNamed("text")?.render(sampleReport(), { width: 200, verbose: true }) ?? "";
    const theirs = formatNamed("text")?.render(sampleReport({ said }), { width: 200, verbose: true }) ?? "";
    const claims = (written: string) =>
      written.split("\n").filter((line) => /^(✓|✗|\?|–|Exit|\w+ \()/.test(line));
    expect(claims(theirs).length).toBe(claims(ours).length);
  });

  it("can be read back from JSON as it was", () => {
    for (const report of reports(said)) {
      expect(JSON.parse(formatNamed("json")?.render(report, {}) ?? "")).toEqual(
        JSON.parse(JSON.stringify(report)),
      );
    }
  });

  it("leaves JUnit's XML as many elements as before", () => {
    const elements = (text: string) => {
      const xml = formatNamed("junit")?.render(sampleReport({ said: text }), {}) ?? "";
      const problems: string[] = [];
      const document = new DOMParser({ onError: (level, message) => problems.push(`${level} ${message}`) });
      const names = Array.from(
        document.parseFromString(xml, "text/xml").getElementsByTagName("*"),
        ({ tagName }) => tagName,
      );
      expect(problems).toEqual([]);
      return names;
    };
    expect(elements(said)).toEqual(elements("all is well"));
  });
});

describe("safe text", () => {
  it("makes what is invisible visible and leaves the rest alone", () => {
    expect(safeText("a\u001b[1m\n\tb\u202e\u{e0041}\ud800")).toBe(
      "a\\u001b[1m\\n\\tb\\u202e\\u{e0041}\\ud800",
    );
    expect(safeText("Zoë 你好 🚀 «secret»")).toBe("Zoë 你好 🚀 «secret»");
  });

  it("does not cut a character in two", () => {
    expect(clipped("ab🚀cd", 3)).toBe("ab… (6 characters in all)");
    expect(clipped("ab🚀cd", 6)).toBe("ab🚀cd");
  });

  it("tells of a text that was cut before how long it was as it came", () => {
    for (const length of [5_001, 5_002, 1_234_567]) {
      const kept = shortened("x".repeat(length), 5_000);
      expect(clipped(kept, 3)).toBe(`xxx… (${length} characters in all)`);
    }
    // What a server made up is no number of ours.
    expect(clipped("abcd… (12,34 more characters)", 3)).toBe("abc… (29 characters in all)");
  });

  it("escapes astral characters in JSON as pairs", () => {
    expect(safeJson('"\u{e0041}"')).toBe('"\\udb40\\udc41"');
  });
});

describe("secrets", () => {
  it.each(FORMATS.map(({ name }) => name))(
    "appear as their mask or as a variable in the format %s",
    (name) => {
      const written = formatNamed(name)?.render(sampleReport(), { verbose: true }) ?? "";
      const credentials = [...written.matchAll(/Authorization(?:: |",\s*")(.{8,24})/g)].map(
        ([, value]) => value,
      );
      // Annotations show no requests.
      if (name !== "github") expect(credentials.length).toBeGreaterThan(0);
      for (const value of credentials) expect(value).toMatch(/^Bearer (?:«secret»|\$SCIM_TOKEN)/);
    },
  );
});
