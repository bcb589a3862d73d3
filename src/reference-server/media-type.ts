/** A media type without its parameters, in lower case, and its parameters by their names in lower case. */
export interface MediaType {
  readonly essence: string;
  /** Values as they were written, without their quotes; the first of a repeated name. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const ESSENCE = new RegExp(`^[ \\t]*(${TOKEN}/${TOKEN})[ \\t]*(?=;|$)`);
/** One semicolon and what follows it up to the next: a parameter, its value a token or in quotes, or nothing. */
const PARAMETER = new RegExp(
  `;[ \\t]*(?:(${TOKEN})=(?:(${TOKEN})|"((?:[^"\\\\]|\\\\.)*)"))?[ \\t]*(?=;|$)`,
  "y",
);

/** Reads the value of a Content-Type (RFC 9110 section 8.3.1); undefined for what is none. */
export function mediaTypeOf(text: string): MediaType | undefined {
  const start = ESSENCE.exec(text);
  if (start === null) return undefined;
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = start[0].length;
  while (PARAMETER.lastIndex < text.length) {
    const found = PARAMETER.exec(text);
    if (found === null) return undefined;
    const [, name, bare, quoted] = found;
    if (name === undefined || parameters.has(name.toLowerCase())) continue;
    parameters.set(name.toLowerCase(), bare ?? (quoted ?? "").replaceAll(/\\(.)/g, "$1"));
  }
  return { essence: (start[1] ?? "").toLowerCase(), parameters };
}
