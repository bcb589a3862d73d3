import fc from "fast-check";
import { expect, it } from "vitest";
import { JENKINS_FILE, judgeBySchema, judgeInOurWords } from "./schema.ts";

const NAME = "our schema of JUnit files takes and refuses what Jenkins' own junit-10.xsd does";
const HOW = "JENKINS_JUNIT_XSD=$(bash .ci/junit-xsd.sh) npm test fetches it and runs this.";

const ELEMENTS = [
  ...["testsuites", "testsuite", "testcase", "properties", "property", "failure", "error", "skipped"],
  ...["flakyFailure", "flakyError", "rerunFailure", "rerunError", "stackTrace", "system-out", "system-err"],
  "unheardOf",
];
const ATTRIBUTES = [
  ...["name", "value", "tests", "failures", "errors", "skipped", "time", "timestamp", "id", "group"],
  ...["package", "hostname", "file", "log", "url", "version", "classname", "type", "message", "unheardOf"],
];
/** What each element is likely to hold, so that many of the documents are nearly right. */
const LIKELY: Readonly<Record<string, { readonly attributes: string; readonly children: string }>> = {
  testsuites: { attributes: "name tests failures errors time", children: "testsuite" },
  testsuite: {
    attributes: "name tests failures errors time skipped version",
    children: "testcase testsuite properties system-out",
  },
  testcase: {
    attributes: "name classname time group",
    children: "failure error skipped system-err flakyError rerunFailure",
  },
  properties: { attributes: "", children: "property" },
  property: { attributes: "name value", children: "" },
  flakyError: { attributes: "type message", children: "stackTrace system-out system-err" },
  rerunFailure: { attributes: "type", children: "stackTrace system-err" },
};
const words = (text = "") => text.split(" ").filter((word) => word !== "");

const time = fc.oneof(
  fc.stringMatching(/^[0-9]{0,4}(,[0-9]{0,4}){0,3}(\.[0-9]{0,4})?$/),
  fc.constantFrom("", "1e3", "-1", "1.5s", ".", ",", "0.123", "1,234.5"),
);

/** An element of this name, seldom with a part that is not its own. */
function element(name: string, depth: number): fc.Arbitrary<string> {
  const likely = LIKELY[name] ?? { attributes: "type message", children: "" };
  const rarely = <T>(usual: readonly T[], odd: readonly T[]) =>
    fc.oneof(
      { weight: 12, arbitrary: fc.subarray([...usual]) },
      { weight: 1, arbitrary: fc.subarray([...odd], { maxLength: 3 }) },
    );
  // All of them in half of the cases: most elements have some that are required.
  const names = fc.oneof(fc.constant(words(likely.attributes)), rarely(words(likely.attributes), ATTRIBUTES));
  const attributes = names.chain((found) =>
    fc.tuple(
      ...found.map((one) => (one === "time" ? time : fc.constant("x")).map((value) => ` ${one}="${value}"`)),
    ),
  );
  const inside =
    depth === 0
      ? fc.constantFrom("", "text")
      : fc
          .oneof(
            {
              weight: 12,
              arbitrary: fc.array(fc.constantFrom(...words(likely.children), ""), { maxLength: 3 }),
            },
            { weight: 1, arbitrary: fc.array(fc.constantFrom(...ELEMENTS), { maxLength: 2 }) },
          )
          .chain((found) =>
            fc.tuple(...found.map((one) => (one === "" ? fc.constant(" ") : element(one, depth - 1)))),
          )
          .map((parts) => parts.join(""));
  return fc.tuple(attributes, inside).map(([own, text]) => `<${name}${own.join("")}>${text}</${name}>`);
}

if (JENKINS_FILE === undefined) {
  process.stderr.write(`Not run, because Jenkins' junit-10.xsd is not here: ${NAME}. ${HOW}\n`);
}

it.skipIf(JENKINS_FILE === undefined)(NAME, () => {
  if (JENKINS_FILE === undefined) expect.unreachable(HOW);
  const judgeByJenkins = judgeBySchema(JENKINS_FILE);
  const taken = { yes: 0, no: 0 };
  fc.assert(
    fc.property(
      fc.oneof(
        { weight: 4, arbitrary: element("testsuites", 4) },
        { weight: 1, arbitrary: fc.constantFrom(...ELEMENTS).chain((name) => element(name, 2)) },
      ),
      (xml) => {
        const isTaken = judgeByJenkins(xml).length === 0;
        taken[isTaken ? "yes" : "no"] += 1;
        expect(judgeInOurWords(xml).length === 0).toBe(isTaken);
      },
    ),
    { numRuns: 3_000, seed: 10 },
  );
  // Two judges that always say the same word would agree as well.
  expect(taken.yes).toBeGreaterThan(200);
  expect(taken.no).toBeGreaterThan(200);
});
