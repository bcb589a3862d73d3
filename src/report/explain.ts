import { type Behaviour, type Level, levelOf } from "../model/behaviour.ts";
import { citationText, sideLines } from "./failure.ts";
import type { RenderOptions } from "./format.ts";
import { labelled } from "./layout.ts";
import { detail, type Page, pageOf } from "./page.ts";
import { appsText, FLOW_TITLES, LEVEL_MEANINGS, LEVEL_WORDS } from "./wording.ts";

/** What judges a behaviour, and what shows that it is judged rightly. */
export interface Proof {
  /** Ids of the scenarios that ask it. */
  readonly scenarios: readonly string[];
  /** Defects of the reference server that are there to break it. */
  readonly defects: readonly { readonly name: string; readonly title: string }[];
}

/** One behaviour in full, for `scim-check explain ID`. */
export function explainBehaviour(
  behaviour: Behaviour,
  { scenarios, defects }: Proof,
  options: RenderOptions = {},
): string {
  const page = pageOf(options);
  const wide = { indent: 2 };
  const lines = [
    ...labelled({
      label: behaviour.id,
      text: behaviour.statement,
      width: page.width,
      column: 2,
      paint: page.style.bold,
    }),
    "",
    ...factLines(behaviour, page),
    "",
    ...behaviour.request
      .trimEnd()
      .split("\n")
      .flatMap((line, index) =>
        // A request is a picture of what travels: its lines stay as they were written.
        [`  ${(index === 0 ? "request" : "").padEnd(12)}${line}`.trimEnd()],
      ),
    ...detail(page, "good answer", behaviour.goodAnswer, wide),
    ...detail(page, "if broken", behaviour.consequence, wide),
    ...detail(page, "to mend", behaviour.remedy, wide),
    "",
    ...claimsOf(behaviour, page),
    ...behaviour.citations.flatMap((citation) => detail(page, "source", citationText(citation), wide)),
    ...sideLines(behaviour.sides, page, wide),
    "",
    ...judgedLines(behaviour, scenarios, page),
    ...defects.flatMap(({ name, title }, index) =>
      detail(page, index === 0 ? "proven by" : "", `${name}: ${title}`, wide),
    ),
  ];
  return `${lines.join("\n")}\n`;
}

const OF_A_PRODUCT = {
  must: "said outright by the product's documentation",
  may: "said loosely or left open by the product's documentation; never a failure",
};

function meaningOf({ standard }: Behaviour, level: Level): string {
  if (standard !== "target") return LEVEL_MEANINGS[level];
  return level === "must" ? OF_A_PRODUCT.must : OF_A_PRODUCT.may;
}

function factLines(behaviour: Behaviour, page: Page): readonly string[] {
  const level = levelOf(behaviour);
  const wide = { indent: 2 };
  return [
    ...detail(page, "level", `${LEVEL_WORDS[level]}: ${meaningOf(behaviour, level)}`, wide),
    ...detail(page, "flow", `${FLOW_TITLES[behaviour.flow]} (${behaviour.flow})`, wide),
    ...detail(page, "sent by", appsText(behaviour.okta), wide),
    ...detail(page, "SCIM", behaviour.versions.join(", "), wide),
  ];
}

function claimsOf(behaviour: Behaviour, page: Page): readonly string[] {
  if (behaviour.claims.length === 0) return [];
  return [
    "  claims",
    ...behaviour.claims.flatMap((claim) => [
      ...labelled({
        label: claim.id,
        text: `${LEVEL_WORDS[claim.level]}: ${claim.text}`,
        width: page.width,
        indent: 4,
        column: 4,
        paint: page.style.cyan,
      }),
      ...(claim.oktaTest === undefined
        ? []
        : labelled({
            label: "",
            text: `also asserted by ${claim.oktaTest}`,
            width: page.width,
            indent: 4,
            column: 4,
          })),
    ]),
    "",
  ];
}

function judgedLines(behaviour: Behaviour, scenarios: readonly string[], page: Page): readonly string[] {
  const wide = { indent: 2 };
  if (behaviour.notJudged !== undefined) return detail(page, "not judged", behaviour.notJudged, wide);
  if (scenarios.length === 0) return detail(page, "judged by", "no scenario yet", wide);
  return scenarios.flatMap((id, index) => detail(page, index === 0 ? "judged by" : "", id, wide));
}
