import { safeLines, safeText } from "../safe-text.ts";

/** HTML that may be put into a page as it is. Only `markup` and `lines` make it, so no other text ever is. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** What may stand in a template: texts are escaped, markup is not, and what is absent leaves nothing. */
export type Part = Markup | string | number | undefined | readonly Part[];

/** A template of HTML in which every text is escaped, also inside quoted attributes. */
export function markup(template: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let html = template[0] ?? "";
  for (const [index, part] of parts.entries()) html += written(part) + (template[index + 1] ?? "");
  return new Markup(html);
}

/** Text whose line feeds and tabs are shown as such; for `<pre>`. */
export function lines(text: string): Markup {
  return new Markup(escaped(safeLines(text)));
}

/** A sentence of ours, in which names of attributes and the like stand between backquotes. */
export function prose(text: string): Markup {
  const parts = text.split("`");
  // Without a partner the last backquote is one that was meant.
  if (parts.length % 2 === 0) return markup`${text}`;
  return markup`${parts.map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : part))}`;
}

/** An address that may break after its slashes, and only there while that suffices. */
export function breakable(address: string): Markup {
  return markup`${address.split(/(?<=[/.?&])(?![/.])/).map((part) => markup`${part}<wbr>`)}`;
}

export const NOTHING = new Markup("");

function written(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Markup) return part.html;
  if (typeof part === "object") return part.map(written).join("");
  // What is invisible or turns a line round becomes a visible escape: nobody may be fooled by what a server said.
  return escaped(safeText(String(part)));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string) => text.replace(/[&<>"']/g, (found) => ENTITIES[found] ?? found);
