import type { Level } from "../../model/behaviour.ts";
import type { Finding } from "../../model/verdict.ts";
import type { BrokenClaim } from "../broken-places.ts";
import { clipped } from "../safe-text.ts";
import { LEVEL_WORDS, plural } from "../wording.ts";
import type { DiffLine } from "./diff-lines.ts";
import type { BodyDiff } from "./json-diff.ts";
import { lines, type Markup, markup, NOTHING, prose } from "./markup.ts";

/** Differences shown of one claim; the JSON report has all. */
const MOST_FINDINGS = 8;
const LONGEST_VALUE = 400;

/** What one claim asks, and every way in which the answer was not that. Its level is said where it is not the given one. */
export function brokenClaim({ claim, findings }: BrokenClaim, level: Level): Markup {
  const more = findings.length - MOST_FINDINGS;
  return markup`<div class="claim"><p class="asks"><span class="text">${prose(claim.text)}</span> ${
    claim.level === level ? NOTHING : markup`<span class="tag">${LEVEL_WORDS[claim.level]}</span> `
  }<code class="claim-id">${claim.id}</code></p>
${findings.length === 0 ? NOTHING : markup`<table class="findings"><thead><tr><th scope="col">Where</th><th scope="col">Expected</th><th scope="col">Actual</th></tr></thead><tbody>${findings.slice(0, MOST_FINDINGS).map(findingRow)}</tbody></table>`}
${more > 0 ? markup`<p class="remark">and ${plural(more, "more difference")}, in the JSON report</p>` : NOTHING}</div>`;
}

const findingRow = ({ where, expected, actual }: Finding) =>
  markup`<tr><th scope="row">${prettyWhere(where)}</th><td class="expected"><span class="inline-label">expected </span>${clipped(expected, LONGEST_VALUE)}</td><td class="actual"><span class="inline-label">actual </span>${clipped(actual, LONGEST_VALUE)}</td></tr>`;

/** `body active` as `active`, which stands in the body: words of the place, and its name as code. */
function prettyWhere(where: string): Markup {
  const [, kind, name] = /^(body|header)[ .](.+)$/.exec(where) ?? [];
  return name === undefined
    ? markup`${where}`
    : markup`<span class="kind">${kind}</span> <code>${name}</code>`;
}

/** Expected against actual, line by line. */
export function diffBlock({ isDifference, lines: shown }: BodyDiff): Markup {
  const caption = isDifference
    ? "The answer’s body, expected against actual"
    : "Where it stands in the answer’s body";
  return markup`<figure class="diff"><figcaption>${caption}</figcaption><div class="diff-lines">${shown.map(diffLine)}</div></figure>`;
}

function diffLine({ kind, text }: DiffLine): Markup {
  switch (kind) {
    case "expected":
      return markup`<ins class="line"><span class="gutter">expected</span><code>${lines(text)}</code></ins>`;
    case "actual":
      return markup`<del class="line"><span class="gutter">actual</span><code>${lines(text)}</code></del>`;
    case "gap":
      return markup`<div class="line gap"><span class="gutter"></span><span>⋮ ${text}</span></div>`;
    case "same":
      return markup`<div class="line"><span class="gutter"></span><code>${lines(text)}</code></div>`;
  }
}
