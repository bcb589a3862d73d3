import type { KnownReport, KnownState } from "../model/known-deviation.ts";
import { placeText } from "../model/problem.ts";
import type { BehaviourReport } from "../model/report.ts";
import { labelled } from "./layout.ts";
import { detail, type Page } from "./page.ts";
import { safeText } from "./safe-text.ts";

/** What each state asks of the reader. */
export const KNOWN_WORDS: Readonly<Record<KnownState, string>> = {
  mended: "is kept now: take it off the list",
  expired: "has expired: mend it, or agree on another day",
  deviates: "still deviates, as listed",
  "not-judged": "was not judged in this run",
};

const ORDER: readonly KnownState[] = ["mended", "expired", "not-judged", "deviates"];

/** The list with what asks for something first. */
export function inOrder(known: readonly KnownReport[]): readonly KnownReport[] {
  return known.toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
}

/** Which part of which behaviour is meant. */
export function knownName({ behaviour, claim, oktaApp }: KnownReport): string {
  return `${safeText(claim ?? behaviour)}${oktaApp === undefined ? "" : ` (${oktaApp.toUpperCase()})`}`;
}

/** The entries that ask for something, or could not be told. Those that deviate stand with their failures. */
export function knownLines(known: readonly KnownReport[], page: Page): readonly string[] {
  const { style, glyphs } = page;
  return inOrder(known)
    .filter(({ state }) => state !== "deviates")
    .flatMap((one) => {
      const isWrong = one.state !== "not-judged";
      return [
        ...labelled({
          label: isWrong ? glyphs.fail : glyphs.skip,
          text: `${knownName(one)} ${KNOWN_WORDS[one.state]} (${safeText(placeText(one.place))})`,
          width: page.width,
          column: 2,
          paint: isWrong ? style.red : style.dim,
        }),
        ...detail(page, "why listed", reasonText(one)),
      ];
    });
}

type Reason = NonNullable<BehaviourReport["known"]>[number];

/** `why, until 2026-12-31, https://…`. */
export function reasonText({ why, until, link }: Reason): string {
  return [why, ...(until === undefined ? [] : [`until ${until}`]), ...(link === undefined ? [] : [link])]
    .map(safeText)
    .join(" · ");
}
