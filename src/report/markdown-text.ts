import { safeLines, safeText } from "./safe-text.ts";

/** A text inside a paragraph, of which nothing is taken for Markdown or HTML. */
export function plainText(text: string): string {
  return (
    safeText(text)
      .replace(/[\\`*_{}[\]#|~$]/g, "\\$&")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      // Nobody is to be notified because a server said a name.
      .replaceAll("@", "&#64;")
  );
}

/** A sentence of ours, whose backquotes are meant. */
export const prose = (text: string) =>
  text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? code(part) : plainText(part)))
    .join("");

/** A text as code inside a paragraph or a table. */
export function code(text: string): string {
  // A table ends its cell at a bar even inside code.
  const safe = safeText(text).replaceAll("|", "\\|");
  if (safe === "") return "";
  const longest = longestRun(safe);
  const fence = "`".repeat(longest + 1);
  const gap = safe.startsWith("`") || safe.endsWith("`") ? " " : "";
  return `${fence}${gap}${safe}${gap}${fence}`;
}

/** Lines as they are. */
export function codeBlock(text: string, language: string): readonly string[] {
  const safe = safeLines(text);
  const fence = "`".repeat(Math.max(3, longestRun(safe) + 1));
  return [`${fence}${language}`, ...safe.split("\n"), fence];
}

const longestRun = (text: string) => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));

/** A link; only the web's addresses become one. */
export function link(text: string, url: string): string {
  if (!/^https?:\/\/[^\s<>]+$/.test(url)) return plainText(`${text} ${url}`.trim());
  return `[${plainText(text)}](<${safeText(url)}>)`;
}
