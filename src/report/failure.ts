import type { Behaviour } from "../model/behaviour.ts";
import type { Citation } from "../model/citation.ts";
import type { Exchange } from "../model/exchange.ts";
import type { BehaviourReport, ClaimReport, RunReport } from "../model/report.ts";
import type { Finding } from "../model/verdict.ts";
import {
  type BrokenClaim,
  type BrokenPlace,
  brokenPlaces,
  evidenceAt,
  placeName,
  unplacedClaims,
} from "./broken-places.ts";
import { curlOf } from "./curl.ts";
import { excerpt, exchangeLine } from "./exchange-lines.ts";
import { reasonText } from "./known-lines.ts";
import { labelled } from "./layout.ts";
import { detail, type Page } from "./page.ts";
import { clipped, safeText } from "./safe-text.ts";
import { brokenForOnly, documentedBy, standingOf } from "./standing.ts";
import { appsText, FLOW_TITLES, LEVEL_WORDS, plural, STANDARD_NAMES } from "./wording.ts";

/** Values longer than this are cut; the JSON report has all of them. */
const LONGEST_VALUE = 240;
/** Differences shown of one claim at one place. */
const MOST_FINDINGS = 5;

/**
 * Everything a developer needs about one broken behaviour: what was asked, what came, who asks for it,
 * what Okta does about it, how to mend it and how to see it again.
 */
export function failureLines(behaviour: BehaviourReport, report: RunReport, page: Page): readonly string[] {
  return [
    ...brokenHeading(behaviour, page),
    ...unplacedLines(behaviour, page),
    ...brokenPlaces(behaviour).flatMap((place) => placeLines(place, behaviour, report, page)),
    ...openClaimLines(behaviour, page),
    ...documentedLines(behaviour, page),
    ...(behaviour.known ?? []).flatMap((reason) => detail(page, "known", reasonText(reason))),
    ...sourceLines(behaviour, page),
    ...sideLines(behaviour.sides, page),
    ...detail(page, "if broken", safeText(behaviour.consequence)),
    ...detail(page, "to mend", safeText(behaviour.remedy)),
    ...againLines(behaviour, report, page),
  ];
}

/** What Okta and the RFC say of the same thing, where they do not say the same. */
export function sideLines(
  sides: Behaviour["sides"],
  page: Page,
  { indent }: { readonly indent?: number } = {},
): readonly string[] {
  const wide = indent === undefined ? {} : { indent };
  return (sides ?? []).flatMap(({ about, okta, rfc }) => [
    ...detail(page, "two sides", safeText(about), wide),
    ...detail(page, "  Okta", safeText(okta), wide),
    ...detail(page, "  RFC", safeText(rfc), wide),
  ]);
}

/** The first lines of a broken behaviour; only what counts is red. */
export function brokenHeading(behaviour: BehaviourReport, page: Page): readonly string[] {
  const { style } = page;
  const paint = standingOf(behaviour) === "must-broken" ? style.red : style.yellow;
  return [
    ...labelled({
      label: `${page.glyphs.fail} ${safeText(behaviour.id)}`,
      text: safeText(behaviour.statement),
      width: page.width,
      column: 4,
      paint: (label) => style.bold(paint(label)),
    }),
    ...detail(page, "", `${FLOW_TITLES[behaviour.flow]}, ${appsText(behaviour.okta)}${onlyText(behaviour)}`, {
      column: 0,
      paintText: style.dim,
    }),
  ];
}

function onlyText(behaviour: BehaviourReport): string {
  const apps = brokenForOnly(behaviour);
  return apps.length === 0 ? "" : `; broken for the ${appsText(apps)} only`;
}

/** The first difference of each claim on one line. */
export function shortFindings(claims: readonly ClaimReport[], page: Page): readonly string[] {
  return claims.flatMap(({ id, verdict }) => {
    const finding = verdict.kind === "fail" ? verdict.findings[0] : undefined;
    const seen = finding === undefined ? "" : `: ${differenceText(finding)}`;
    return detail(page, "broken", `${safeText(id)}${seen}`, { anywhere: true });
  });
}

/** `status: expected 201, got 200`. */
export function differenceText({ where, expected, actual }: Finding): string {
  return `${safeText(where)}: expected ${value(expected)}, got ${value(actual)}`;
}

function placeLines(
  place: BrokenPlace,
  behaviour: BehaviourReport,
  report: RunReport,
  page: Page,
): readonly string[] {
  const { shown: exchange, write } = evidenceAt(report, place);
  const finding = place.claims[0]?.findings[0];
  const part =
    exchange === undefined || showsItself(finding)
      ? undefined
      : excerpt(exchange, finding?.where ?? "status");
  return [
    ...place.claims.flatMap((broken) => claimLines(broken, behaviour, page)),
    ...detail(page, "seen in", safeText(placeName(place))),
    ...(write === undefined ? [] : detail(page, "", exchangeLine(write, page.glyphs))),
    ...(exchange === undefined ? [] : detail(page, "", exchangeLine(exchange, page.glyphs))),
    ...(part === undefined ? [] : detail(page, "", part, { paintText: page.style.cyan, anywhere: true })),
    ...(place.also.length === 0 ? [] : detail(page, "also in", safeText(place.also.join("; ")))),
  ];
}

function claimLines(
  { claim, findings }: BrokenClaim,
  behaviour: BehaviourReport,
  page: Page,
): readonly string[] {
  const level = claim.level === behaviour.level ? "" : ` (${LEVEL_WORDS[claim.level]})`;
  const more = findings.length - MOST_FINDINGS;
  return [
    ...detail(page, "broken", `${safeText(claim.id)}${level}: ${safeText(claim.text)}`),
    ...findings.slice(0, MOST_FINDINGS).flatMap((finding) => [
      ...detail(page, "expected", `${safeText(finding.where)}: ${value(finding.expected)}`, {
        anywhere: true,
      }),
      ...detail(page, "actual", value(finding.actual), { paintText: page.style.yellow, anywhere: true }),
    ]),
    ...(more > 0 ? detail(page, "", `and ${plural(more, "more difference")}`) : []),
  ];
}

const value = (text: string) => safeText(clipped(text, LONGEST_VALUE));

/** Broken claims of which no place is known, as in a report that was put together by hand. */
function unplacedLines(behaviour: BehaviourReport, page: Page): readonly string[] {
  return unplacedClaims(behaviour).flatMap((broken) => claimLines(broken, behaviour, page));
}

/** One broken claim does not tell about the others: those that stayed open are named. */
function openClaimLines(behaviour: BehaviourReport, page: Page): readonly string[] {
  return behaviour.claims.flatMap((claim) =>
    claim.verdict.kind === "unknown"
      ? detail(page, "open", `${safeText(claim.id)}: could not tell: ${value(claim.verdict.why)}`)
      : [],
  );
}

function documentedLines(behaviour: BehaviourReport, page: Page): readonly string[] {
  const documented = documentedBy(behaviour);
  return documented === undefined ? [] : detail(page, "documented", safeText(documented));
}

/** Whether the difference quotes the value itself; what stands around it would say it a second time. */
function showsItself(finding: Finding | undefined): boolean {
  return finding !== undefined && /^body[ .]./.test(finding.where) && finding.actual !== "absent";
}

/** The first source says who asks; the others are a command away. */
function sourceLines({ id, citations }: BehaviourReport, page: Page): readonly string[] {
  const shown = page.full ? citations : citations.slice(0, 1);
  const more = citations.length - shown.length;
  return [
    ...shown.flatMap((citation) => detail(page, "source", citationText(citation))),
    ...(more > 0 ? detail(page, "", `and ${more} more: scim-check explain ${safeText(id)}`) : []),
  ];
}

/** Who published it, the document, the section and the address. */
export function citationText(citation: Citation): string {
  const section = citation.section === "" ? "" : `, ${citation.section}`;
  return safeText(
    `${STANDARD_NAMES[citation.standard]}: ${citation.document}${section} ${citation.url}`.trim(),
  );
}

/** The request of the first place as curl: it is the one the lines above describe. */
function againLines(behaviour: BehaviourReport, report: RunReport, page: Page): readonly string[] {
  const [place] = brokenPlaces(behaviour);
  if (place === undefined) return [];
  const { shown: exchange } = evidenceAt(report, place);
  return exchange === undefined ? [] : curlLines(exchange, page);
}

export function curlLines(exchange: Exchange, page: Page): readonly string[] {
  const { command, note } = curlOf(exchange, { width: page.width, indent: 4 });
  return [
    ...detail(page, "curl", note ?? ""),
    // Lines of a command are never wrapped: what is pasted has to be what was printed.
    ...command.split("\n").map((line, index) => (index === 0 ? `    ${line}` : line)),
  ];
}
