import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defects } from "../src/reference-server/defects/index.ts";
import { quirks } from "../src/reference-server/quirks/index.ts";

/** What holds one rule: tests, by file and name, and servers of the self-test that a tool with the mistake would misjudge. */
interface Held {
  readonly rule: string;
  readonly tests?: readonly (readonly [file: string, name: string])[];
  readonly defects?: readonly string[];
  readonly quirks?: readonly string[];
}

const LEAVING = "test/unit/conformance/leaving-nothing-behind.test.ts";
const VERDICTS = "test/unit/conformance/how-verdicts-come-about.test.ts";

/** Section Q of the list of conformance checks: the mistakes of other tools, in its order, and what keeps us from each. */
const RULES: readonly Held[] = [
  {
    rule: "Q1: never touch a resource that the run did not make",
    tests: [
      [LEAVING, "is removed, and strangers stay as they were, byte for byte"],
      [LEAVING, "is not what a server shows of somebody else in answer to a create"],
      ["test/unit/engine/made.test.ts", "never takes the id of a resource that shows a stranger's name"],
    ],
    quirks: ["others-are-there", "others-are-added-meanwhile"],
  },
  {
    rule: "Q2: record what every request may have made, also one that ought to be refused",
    tests: [
      ["test/unit/engine/made.test.ts", "has an entry before the request is sent"],
      [LEAVING, "under attribute names in another letter case, or in broken JSON, is removed too"],
    ],
  },
  {
    rule: "Q3: judge by the next read, with the attribute asked for",
    defects: ["put-echoes-without-storing", "filtered-remove-does-nothing", "patch-of-nick-name-not-stored"],
    quirks: ["reads-lag-by-1500-ms", "members-only-on-request"],
  },
  {
    rule: "Q4: accept every answer that the clause allows",
    quirks: [
      "patch-of-users-answers-204",
      "patch-of-groups-answers-200",
      "put-keeps-what-is-left-out",
      "put-defaults-what-is-left-out",
    ],
  },
  {
    rule: "Q5: fail nothing that the clause does not say",
    tests: [
      [
        "test/catalogue.test.ts",
        "cites only documents of its own table, or a thread on GitHub, and an RFC by its section",
      ],
    ],
    quirks: ["methods-not-offered-answered-501", "no-location-on-reads", "media-type-without-charset"],
  },
  {
    rule: "Q6: send only valid requests where they are to be accepted",
    tests: [["test/valid-requests.test.ts", "are valid SCIM, but for those whose point it is not to be"]],
  },
  {
    rule: "Q7: compare as the schema says",
    tests: [
      [
        "test/unit/checks/same-resource.test.ts",
        "does not care for the order of an array, for further sub-attributes, or how absence is written",
      ],
    ],
    quirks: ["members-in-another-order", "keys-in-another-order", "unassigned-is-null", "ids-of-digits"],
  },
  {
    rule: "Q8: one broken create is one failure, and the rest is blocked by it",
    tests: [
      [VERDICTS, "by a value that was never yielded, and the report says by which step"],
      [VERDICTS, "never by an earlier check that failed"],
    ],
  },
  {
    rule: "Q9: what could not be told is a verdict of its own, counted and shown",
    tests: [
      [VERDICTS, "a must that was blocked was asked and could not be told: exit 3, not 0"],
      ["test/unit/checks/no-evidence.test.ts", "never holds where nothing was sent"],
    ],
  },
  {
    rule: "Q10: a check is there only with a broken server that it fails",
    tests: [["test/self-test/variations.test.ts", "break every claim of level must that can be judged"]],
  },
];

describe("the mistakes of other tools", () => {
  it("are ten, and each is kept out by something that can be run", () => {
    expect(RULES.map(({ rule }) => rule.split(":")[0])).toEqual(
      Array.from({ length: 10 }, (_, index) => `Q${index + 1}`),
    );
    for (const { rule, ...held } of RULES) expect(Object.values(held).flat().length, rule).toBeGreaterThan(0);
  });

  it("are kept out by tests, defects and quirks that exist", () => {
    const known = new Set([...defects, ...quirks].map(({ name }) => name));
    const gone = RULES.flatMap(({ rule, tests = [], defects: broken = [], quirks: odd = [] }) => [
      ...tests
        .filter(([file, name]) => !readFileSync(file, "utf8").includes(JSON.stringify(name)))
        .map(([file, name]) => `${rule}: ${file} has no test "${name}"`),
      ...[...broken, ...odd].filter((name) => !known.has(name)).map((name) => `${rule}: ${name}`),
    ]);
    expect(gone).toEqual([]);
  });
});
