import { describe, expect, it } from "vitest";
import { catalogue } from "../../../src/catalogue/index.ts";
import { defects } from "../../../src/reference-server/defects/index.ts";
import { explainBehaviour } from "../../../src/report/explain.ts";
import { loadLibrary } from "../../../src/wiring/library.ts";
import { explain, proofOf } from "../../../src/wiring/listing.ts";

/** The text without its line breaks and indents, so that a sentence can be found however it was broken. */
const flat = (text: string) => text.replaceAll(/\s+/g, " ");

const proofsOf = (claims: readonly { readonly id: string }[]) =>
  defects.filter(({ target }) => target.some((id) => claims.some((claim) => claim.id === id)));

describe("explain", () => {
  it("has everything about every behaviour", { timeout: 120_000 }, async () => {
    const missing: string[] = [];
    const { scenarios } = await loadLibrary();
    for (const behaviour of catalogue) {
      const text = flat(explainBehaviour(behaviour, proofOf(behaviour, scenarios, defects)));
      const parts = {
        statement: behaviour.statement,
        ...Object.fromEntries(behaviour.claims.map(({ id, text: claim }) => [id, claim])),
        ...Object.fromEntries(
          behaviour.claims.flatMap(({ id, oktaTest }) =>
            oktaTest === undefined ? [] : [[`${id} test`, oktaTest]],
          ),
        ),
        ...Object.fromEntries(behaviour.citations.map(({ url }) => [url, url])),
        request: behaviour.request,
        "good answer": behaviour.goodAnswer,
        consequence: behaviour.consequence,
        remedy: behaviour.remedy,
        ...(behaviour.notJudged === undefined ? {} : { "not judged": behaviour.notJudged }),
        ...Object.fromEntries(proofsOf(behaviour.claims).map(({ name }) => [name, `${name}: `])),
      };
      for (const [part, wanted] of Object.entries(parts)) {
        // A long address may be broken in the middle; what is looked for has no spaces then, and neither has the text.
        const isThere =
          text.includes(flat(wanted)) || text.replaceAll(" ", "").includes(wanted.replaceAll(/\s/g, ""));
        if (!isThere) missing.push(`${behaviour.id}: ${part}`);
      }
      if (behaviour.notJudged === undefined && !/judged by (okta|rfc)\//.test(text)) {
        missing.push(`${behaviour.id}: the scenario`);
      }
    }
    expect(missing).toEqual([]);
  });

  it("names a defect for every must that is judged", () => {
    const unproven = catalogue
      .filter(({ notJudged }) => notJudged === undefined)
      .flatMap(({ claims }) => claims.filter(({ level }) => level === "must"))
      .filter((claim) => proofsOf([claim]).length === 0);
    expect(unproven.map(({ id }) => id)).toEqual([]);
  });

  it("says what each part of an answer is, so that nobody has to guess", async () => {
    const text = await explain("OKTA-LOOKUP-02");
    for (const label of [
      "level",
      "request",
      "good answer",
      "if broken",
      "to mend",
      "claims",
      "source",
      "judged by",
      "proven by",
    ]) {
      expect(text).toMatch(new RegExp(`^ +${label}`, "m"));
    }
    expect(text).toContain("also asserted by Okta SCIM 2.0 Spec Test, steps 3 and 5");
  });
});
