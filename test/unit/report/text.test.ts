import { describe, expect, it } from "vitest";
import { columnsOf } from "../../../src/report/layout.ts";
import type { Style } from "../../../src/report/style.ts";
import { text } from "../../../src/report/text.ts";
import { behaviour, exchange, fails, sampleReport, soundReport, stoppedReport } from "./sample-report.ts";

const lines = (report = sampleReport(), options = {}) => text.render(report, options).split("\n");

describe("the text format", () => {
  it.each([80, 120])("reads as the golden transcript at %i columns", async (width) => {
    await expect(text.render(sampleReport(), { width })).toMatchFileSnapshot(`golden/run-${width}.txt`);
  });

  it("adds every behaviour and every exchange when it is verbose", async () => {
    await expect(text.render(sampleReport(), { width: 120, verbose: true })).toMatchFileSnapshot(
      "golden/run-verbose-120.txt",
    );
  });

  it("keeps to what has to be known, the ids of what is broken and the outcome when it is quiet", () => {
    expect(text.render(sampleReport(), { quiet: true, width: 100 })).toMatchInlineSnapshot(`
      "scim-check 0.1.0 → https://staging.example.com/scim/v2
      TLS certificates were not verified.
      ✗ OKTA-CREATE-04 (must)
      ✗ OKTA-PATCH-02 (must)
      ✗ OKTA-READ-06 (should)
      12 behaviours: 1 pass, 5 fail (2 must, 1 should, 1 advice, 1 documented), 2 could not tell, 4 not
      asked · 5 judged in full · 5 requests in 3.2 s · seed 17
      Exit code 1 (a requirement is broken). A must common to both kinds of app is broken: OKTA-CREATE-04.
      "
    `);
  });

  it("says why a run was stopped and what to do about it", () => {
    expect(text.render(stoppedReport(), { width: 80 })).toMatchInlineSnapshot(`
      "scim-check 0.1.0 → https://staging.example.com/scim/v2
      ? Custom app (AIW): could not tell whether it is fit for Okta
      ? Catalogue app (OIN): could not tell whether it is fit for Okta

      The server said it had 3 users before the run.
      Writes took up to 250 ms to show in reads.

      ? Stopped before anything was judged (unauthorised): the server answered the
        credential test with 401.
          to mend     Set SCIM_TOKEN to the token that Okta would send.
          seen in     GET /Users?startIndex=1&count=2 → 401 in 12 ms
                      { "detail": "sign in first" }
          curl
          curl -sS -i -X GET \\
            'https://staging.example.com/scim/v2/Users?startIndex=1&count=2' \\
            --compressed -H 'Accept: application/scim+json' \\
            -H 'Accept-Charset: utf-8' -H 'User-Agent: Okta SCIM Client 1.0.0' \\
            -H "Authorization: Bearer $SCIM_TOKEN" \\
            -H 'Accept-Encoding: gzip,deflate'

      No behaviour was judged · 5 requests in 3.2 s · seed 17
      Exit code 3 (could not tell). The server does not accept the token.
      "
    `);
  });

  it("is short when everything holds", () => {
    expect(text.render(soundReport(), { width: 120 })).toMatchInlineSnapshot(`
      "scim-check 0.1.0 → the embedded reference server
      ✓ Custom app (AIW): fit for Okta
      ✓ Catalogue app (OIN): fit for Okta

      Advice (1, never a failure)
      ✗ OKTA-CRED-01 The credential test is answered with 200.
          Testing the API credentials, both kinds of app
          broken      OKTA-CRED-01.items: body itemsPerPage: expected a number, got absent
          to mend     Answer as the cited section shows.

      1 behaviour: 1 pass, 0 fail, 0 could not tell, 0 not asked · 1 judged in full · 5 requests in 3.2 s · seed 17
      Exit code 0 (the requirements are met). Every must that was judged holds.
      "
    `);
  });

  it("names the target in its first line, whatever the options", () => {
    for (const options of [{}, { quiet: true }, { verbose: true }, { ascii: true }]) {
      expect(lines(sampleReport(), options)[0]).toContain("https://staging.example.com/scim/v2");
      expect(lines(soundReport(), options)[0]).toContain("the embedded reference server");
    }
  });

  it.each([80, 100, 200])(
    "keeps within %i columns but for words and commands that must not be broken",
    (width) => {
      const tooLong = lines(sampleReport(), { width }).filter((line) => columnsOf(line) > width);
      for (const line of tooLong)
        expect(line.trim()).toMatch(
          /^(--data-binary '.*'|https:\/\/\S+|curl .* \\|curl -sS -X (DELETE|GET) .*)$/,
        );
    },
  );

  it("never breaks an id or an address", () => {
    const written = text.render(sampleReport(), { width: 40 });
    for (const { id, citations, claims } of sampleReport().behaviours) {
      if (!claims.some((claim) => claim.verdict.kind === "fail" && claim.level === "must")) continue;
      expect(written).toContain(id);
      if (id !== "OKTA-GROUP-03") expect(written).toContain(citations[0]?.url);
    }
  });

  it("uses no colours unless they are handed in, and only outside of what is laid out", () => {
    const mark = (name: string) => (part: string) => `<${name}>${part}</${name}>`;
    const style: Style = {
      bold: mark("bold"),
      dim: mark("dim"),
      red: mark("red"),
      green: mark("green"),
      yellow: mark("yellow"),
      cyan: mark("cyan"),
    };
    const coloured = text.render(sampleReport(), { style, verbose: true });
    expect(coloured).toContain("<bold><red>✗ OKTA-CREATE-04</red></bold>");
    expect(coloured.replaceAll(/<\/?(?:bold|dim|red|green|yellow|cyan)>/g, "")).toBe(
      text.render(sampleReport(), { verbose: true }),
    );
  });

  it("has marks of its own for terminals that know ASCII only", () => {
    const written = text.render(sampleReport(), { ascii: true });
    expect(written).toMatch(/^scim-check 0\.1\.0 -> https/);
    expect(written).toContain("x OKTA-CREATE-04");
    expect(written).not.toMatch(/[✓✗–→·]/);
  });

  it("lists musts before shoulds before advice before what is documented", () => {
    const written = text.render(sampleReport(), {});
    const order = ["Broken musts (2)", "Broken shoulds (1)", "Advice (2", "Documented deviations (1"];
    const found = order.map((title) => written.indexOf(title));
    expect(found).toEqual(found.toSorted((one, other) => one - other));
    expect(found).not.toContain(-1);
  });

  it("says once what blocks several behaviours, and how many", () => {
    const blocking = lines().filter((line) => line.includes("(by OKTA-CREATE-01)"));
    expect(blocking).toEqual(["–   2 blocked: no step yielded user (by OKTA-CREATE-01)"]);
  });

  it("counts as many fails in the brackets as outside of them", () => {
    const [, fails = "", broken = ""] =
      /(\d+) fail \(([^)]*)\)/.exec(text.render(sampleReport(), { width: 200 })) ?? [];
    const sum = [...broken.matchAll(/\d+/g)].reduce((total, [count]) => total + Number(count), 0);
    expect(sum).toBe(Number(fails));
    expect(sum).toBe(sampleReport().outcome.behaviours.fail);
  });

  it("counts each behaviour under exactly one verdict", () => {
    const written = text.render(sampleReport(), { width: 200 });
    const counts = /(\d+) behaviours: (\d+) pass, (\d+) fail .*?, (\d+) could not tell, (\d+) not asked/.exec(
      written,
    );
    const [all = 0, ...parts] = (counts ?? []).slice(1).map(Number);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(all);
    expect(all).toBe(sampleReport().behaviours.length);
  });

  it("shows every verdict of every behaviour when it is verbose", () => {
    const written = text.render(sampleReport(), { verbose: true, width: 200 });
    for (const { id, verdict } of sampleReport().behaviours) {
      const mark = { pass: "✓", fail: "✗", unknown: "?", skip: "–" }[verdict.kind];
      expect(written).toContain(`${mark} ${id} `);
    }
  });

  it("keeps runs of spaces in what the server said, since they may be what is wrong", () => {
    const report = sampleReport();
    const spaced = behaviour("X-1", { statement: "Spaces are kept." }, [
      { name: "a", level: "must", text: "Kept.", verdict: fails("X-1.a", "body name", '"a b"', '"a  b"') },
    ]);
    expect(text.render({ ...report, behaviours: [spaced] }, {})).toContain('"a  b"');
  });

  it("shows the part of the answer the difference lies in, and the words of a silence", () => {
    const report = sampleReport();
    const at = ["s one"];
    const deep = behaviour("X-1", { statement: "The name is given." }, [
      {
        name: "a",
        level: "must",
        text: "Given.",
        verdict: fails("X-1.a", "body Resources[0].name.givenName", '"Eve"', "absent"),
        at,
      },
    ]);
    const step = (outcome: Parameters<typeof exchange>[2]) => ({
      ...report,
      behaviours: [deep],
      scenarios: [
        {
          id: "s",
          title: "",
          flow: "read" as const,
          oktaApp: "both" as const,
          status: "played" as const,
          durationMs: 1,
          steps: [{ id: "one", status: "played" as const, exchanges: [exchange("GET", "/Users", outcome)] }],
        },
      ],
    });
    const body = '{"totalResults":1,"Resources":[{"id":"1","name":{"familyName":"Doe"}}]}';
    const written = text.render(step({ kind: "answer", status: 200, headers: [], body }), {});
    expect(written).toContain('{ "familyName": "Doe" }');
    const deep100k = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    expect(text.render(step({ kind: "answer", status: 200, headers: [], body: deep100k }), {})).toContain(
      "(600001 characters in all)",
    );
    const silent = text.render(step({ kind: "silence", reason: "timed-out", detail: "60 s passed" }), {});
    expect(silent).toContain("no answer came in time");
  });

  it("says that a report is partial, and which kind of app a behaviour is broken for", () => {
    const report = sampleReport();
    const written = text.render({ ...report, run: { ...report.run, interrupted: true } }, { width: 120 });
    expect(written).toContain("this report is partial");
    expect(written).toContain("broken for the custom app (AIW) only");
  });
});
