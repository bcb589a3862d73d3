import { diffJson } from "diff";
import type { Json } from "../../model/json.ts";
import type { Finding } from "../../model/verdict.ts";
import { type DiffLine, gap, shortContext } from "./diff-lines.ts";
import { expectedBody } from "./expectation.ts";
import { focusOn } from "./json-focus.ts";
import { parsedJson, prettyJson } from "./pretty-json.ts";

/** Lines of one run of differences; a group of thousands differs in thousands of lines. */
const LONGEST_RUN = 40;
/** Beyond this many differing lines the search for the smallest difference takes too long. */
const MOST_EDITS = 1_000;

export interface BodyDiff {
  /** Expected against actual; otherwise the place in the answer that the findings are about. */
  readonly isDifference: boolean;
  readonly lines: readonly DiffLine[];
}

/**
 * What the answer says against what it should have said, as lines of JSON. Undefined when the findings are not
 * about the body, or the body is no JSON.
 */
export function bodyDiff(body: string, findings: readonly Finding[]): BodyDiff | undefined {
  const actual = parsedJson(body);
  if (actual === undefined) return undefined;
  try {
    const expected = expectedBody(actual, findings);
    const difference = expected === undefined ? undefined : linesOf(expected, actual);
    if (difference !== undefined) return { isDifference: true, lines: difference };
    const place = focusOn(actual, findings);
    return place === undefined ? undefined : { isDifference: false, lines: place };
  } catch (problem) {
    // A body may be nested more deeply than the stack can follow; it is shown as text instead.
    if (problem instanceof RangeError) return undefined;
    throw problem;
  }
}

function linesOf(expected: Json, actual: Json): readonly DiffLine[] | undefined {
  // Texts, not values: values would have their keys sorted, and the order is the server's to choose.
  const changes = diffJson(prettyJson(expected), prettyJson(actual), { maxEditLength: MOST_EDITS });
  if (changes === undefined) return undefined;
  const runs = changes.map(({ added, removed, value }) => ({
    kind: removed ? ("expected" as const) : added ? ("actual" as const) : ("same" as const),
    texts: value.replace(/\n$/, "").split("\n"),
  }));
  return runs.flatMap(({ kind, texts }, index) =>
    kind === "same"
      ? shortContext(texts, index > 0, index < runs.length - 1)
      : shortRun(texts).map(
          (text): DiffLine => (text === undefined ? gap(texts.length - LONGEST_RUN) : { kind, text }),
        ),
  );
}

/** The lines next to a difference; `undefined` stands for the rest of a long run. */
const shortRun = (texts: readonly string[]): readonly (string | undefined)[] =>
  texts.length <= LONGEST_RUN ? texts : [...texts.slice(0, LONGEST_RUN), undefined];
