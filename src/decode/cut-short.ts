/** Whether a text that begins as JSON ends inside of it, as files do that were not written or fetched to their end. */
export function isCutShort(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  let open = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (isInString) {
      if (char === "\\") at += 1;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = true;
    else if (char === "{" || char === "[") open += 1;
    else if (char === "}" || char === "]") open -= 1;
  }
  return isInString || open > 0;
}
