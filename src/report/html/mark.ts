import type { BehaviourReport } from "../../model/report.ts";
import { type Standing, standingOf } from "../standing.ts";
import { type Markup, markup } from "./markup.ts";

/** How a verdict looks: colour and sign always go with a word, so that neither is needed to understand it. */
export type Tone = "bad" | "warn" | "good" | "open" | "quiet";

interface Look {
  readonly tone: Tone;
  readonly word: string;
  /** The value of the filter `status`. */
  readonly status: string;
}

const LOOKS: Readonly<Record<Standing, Look>> = {
  "must-broken": { tone: "bad", word: "broken", status: "broken" },
  "should-broken": { tone: "warn", word: "broken", status: "broken" },
  advice: { tone: "warn", word: "advice", status: "advice" },
  documented: { tone: "open", word: "documented", status: "documented" },
  known: { tone: "open", word: "known", status: "known" },
  "must-unknown": { tone: "open", word: "could not tell", status: "open" },
  unknown: { tone: "open", word: "could not tell", status: "open" },
  pass: { tone: "good", word: "kept", status: "kept" },
  skip: { tone: "quiet", word: "not asked", status: "not-asked" },
};

export function lookOf(behaviour: BehaviourReport): Look {
  return LOOKS[standingOf(behaviour)];
}

/** The sign alone; the word beside it is for everybody. */
export function sign(tone: Tone): Markup {
  return markup`<svg class="sign ${tone}" aria-hidden="true"><use href="#sign-${tone}"/></svg>`;
}

/** The signs, drawn once a page. */
export const SIGNS = markup`<svg class="signs" aria-hidden="true" focusable="false">
<symbol id="sign-good" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8"/><path d="M4.3 8.4l2.5 2.5 5-5.4"/></symbol>
<symbol id="sign-bad" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8"/><path d="M5.2 5.2l5.6 5.6m0-5.6l-5.6 5.6"/></symbol>
<symbol id="sign-warn" viewBox="0 0 16 16"><path class="ground" d="M8 .8L16 15H0z"/><path d="M8 5.8v4m0 2.2v.6"/></symbol>
<symbol id="sign-open" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8"/><path d="M5.8 6.2a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.5m0 2.1v.5"/></symbol>
<symbol id="sign-quiet" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8"/><path d="M5 8h6"/></symbol>
</svg>`;
