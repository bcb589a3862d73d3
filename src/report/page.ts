import type { RenderOptions } from "./format.ts";
import { type Labelled, labelled } from "./layout.ts";
import { ASCII_GLYPHS, GLYPHS, type Glyphs, PLAIN_STYLE, type Style } from "./style.ts";

/** What every section of the text format writes with: colours, marks and a width, all decided. */
export interface Page {
  readonly style: Style;
  readonly glyphs: Glyphs;
  /** Columns, between 40 and 200: shorter lines cannot be laid out, longer ones cannot be read. */
  readonly width: number;
  /** Leaves nothing to another command or format; for `--verbose`, and for files that are kept. */
  readonly full: boolean;
}

export function pageOf(options: RenderOptions): Page {
  return {
    style: options.style ?? PLAIN_STYLE,
    glyphs: options.ascii === true ? ASCII_GLYPHS : GLYPHS,
    full: options.verbose === true,
    width: Math.min(Math.max(options.width ?? 80, 40), 200),
  };
}

/** Room for the longest label, `good answer`. */
const DETAIL_COLUMN = 12;

/** A dim label with prose beside it, indented below its heading. */
export function detail(page: Page, label: string, text: string, more: Partial<Labelled> = {}) {
  return labelled({
    label,
    text,
    width: page.width,
    indent: 4,
    column: DETAIL_COLUMN,
    paint: page.style.dim,
    ...more,
  });
}
