import type { Headers } from "../model/exchange.ts";
import type { Leftover } from "../model/play.ts";
import type { RenderOptions } from "./format.ts";
import { pageOf } from "./page.ts";
import { isKept, leftoverText, removalOf } from "./removal.ts";
import { safeText } from "./safe-text.ts";
import type { Style } from "./style.ts";
import { plural } from "./wording.ts";

/** What became of what one earlier run had left behind. */
export interface CleanedRun {
  readonly run: string;
  readonly url: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly removed: number;
  /** How much else was undone: a pause of provisioning, a token, a link. */
  readonly undone?: number;
  readonly leftovers: readonly Leftover[];
  /** Whether nobody looks for them any more. */
  readonly forgotten?: true;
  /** Why there may be more. */
  readonly problem?: string;
  /** Why there may be more although everything was looked for, so that looking again may not tell. */
  readonly doubt?: string;
  /** The header fields, secrets masked, with which the server lets a request in. */
  readonly credential: Headers;
}

/** What `scim-check cleanup` did, to be read in a terminal. */
export function cleanedText(cleaned: readonly CleanedRun[], options: RenderOptions = {}): string {
  const { glyphs, style } = pageOf(options);
  if (cleaned.length === 0) return "No run left anything behind.\n";
  const lines = cleaned.flatMap(
    ({ run, url, startedAt, removed, undone = 0, leftovers, problem, doubt, credential }) => [
      style.bold(
        `Run ${safeText(run)} of ${safeText(startedAt)} on ${safeText(url)}: ${removed} removed, ${undone === 0 ? "" : `${undone} undone, `}${leftovers.length} left`,
      ),
      ...leftovers.flatMap((leftover) => [
        `  ${style.yellow(glyphs.fail)} ${leftoverText(leftover)}`,
        ...byHand(leftover, url, credential, style),
      ]),
      ...[problem, doubt].flatMap((why) =>
        why === undefined ? [] : [`  There may be more: ${safeText(why)}.`],
      ),
    ],
  );
  const all = cleaned.flatMap(({ leftovers }) => leftovers);
  const left = all.length;
  const isOver = cleaned.every(({ forgotten }) => forgotten === true);
  const hint =
    left === 0 ? [] : [`${plural(left, "resource")} could not be removed${isOver ? OVER : nextStep(all)}.`];
  const unsure = cleaned.filter(({ doubt }) => doubt !== undefined).length;
  const forgetting =
    left > 0 || unsure === 0 || isOver
      ? []
      : ["Once you have looked there, `scim-check cleanup --forget` stops asking for it."];
  return `${[...lines, ...hint, ...forgetting].join("\n")}\n`;
}

const OVER = ", and scim-check looks for them no more";

function nextStep(leftovers: readonly Leftover[]): string {
  const step = leftovers.every(isKept)
    ? "To try again would change nothing: see above what can be done"
    : leftovers.some(isKept)
      ? "See above what can be done by hand, or try again later for those that the server does not refuse to delete"
      : "Remove them by hand, or try again later";
  return `. ${step}; \`scim-check cleanup --forget\` stops looking for them`;
}

function byHand(leftover: Leftover, url: string, credential: Headers, style: Style): readonly string[] {
  const { note, command } = removalOf(leftover, url, credential);
  const hand = `    ${style.dim("by hand")} ${note}`.trimEnd();
  return command === undefined ? [hand] : [hand, `    ${command}`];
}
