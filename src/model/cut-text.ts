import { plural } from "./count.ts";

/** The beginning of a text, and how many characters more it had. */
export const cutText = (kept: string, more: number): string => `${kept}… (${plural(more, "more character")})`;

const CUT = /… \((\d{1,3}(?:,\d{3}){0,3}) more characters?\)$/;

/** Whether only the beginning of a text was kept. */
export const isCut = (text: string): boolean => CUT.test(text);

/** How many characters a text has, or had before it was cut. */
export function wholeLength(text: string): number {
  const cut = CUT.exec(text.slice(-40));
  return cut === null ? text.length : text.length - cut[0].length + Number(cut[1]?.replaceAll(",", ""));
}
