/** Where a text that sets out as JSON goes wrong, and the name of the attribute that it was at. */
export interface JsonFault {
  /** Characters that could be the beginning of JSON. */
  readonly at: number;
  readonly name?: string;
}

/** Of a text, its beginning: how far it goes is looked for without a pattern, which a long one would keep busy for years. */
const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|(")|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const [QUOTE, BACKSLASH, SPACE] = [34, 92, 32];

type Expected = "value" | "first-value" | "name" | "first-name" | "colon" | "rest" | "nothing";

/** Undefined where nothing is wrong with it. The parser's own messages say this in every version in another way. */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let name: string | undefined;
  const fault = (at: number): JsonFault => ({ at, ...(name === undefined ? {} : { name }) });
  TOKEN.lastIndex = 0;
  for (;;) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (token === null) return text.slice(at).trim() === "" && expected === "nothing" ? undefined : fault(at);
    const begins = TOKEN.lastIndex;
    const isText = token[2] !== undefined;
    const ends = isText ? endOfText(text, begins) : begins;
    const next = after(expected, token[1], isText, open);
    if (next === undefined || ends === -1) return fault(at);
    if (next === "colon") name = text.slice(begins, ends - 1);
    expected = next;
    TOKEN.lastIndex = ends;
  }
}

/** The index behind the closing quote of a text; -1 where it has none, or something in it may not be there. */
function endOfText(text: string, begins: number): number {
  for (let at = begins; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < SPACE) return -1;
    if (code === BACKSLASH) {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) return -1;
      at = ESCAPE.lastIndex;
    } else at += 1;
  }
  return -1;
}

/** What may follow a token; undefined where the token itself may not be there. */
function after(
  expected: Expected,
  sign: string | undefined,
  isText: boolean,
  open: ("{" | "[")[],
): Expected | undefined {
  const isName = expected === "name" || expected === "first-name";
  const isValue = expected === "value" || expected === "first-value";
  const closed = (): Expected => {
    open.pop();
    return open.length === 0 ? "nothing" : "rest";
  };
  if (sign === undefined) {
    if (isName) return isText ? "colon" : undefined;
    if (!isValue) return undefined;
    return open.length === 0 ? "nothing" : "rest";
  }
  const inside = open.at(-1);
  if (sign === "{" || sign === "[") {
    if (!isValue) return undefined;
    open.push(sign);
    return sign === "{" ? "first-name" : "first-value";
  }
  if (sign === ":") return expected === "colon" ? "value" : undefined;
  if (sign === ",") {
    if (expected !== "rest") return undefined;
    return inside === "{" ? "name" : "value";
  }
  const isAtEnd = expected === "rest" || expected === (sign === "}" ? "first-name" : "first-value");
  return isAtEnd && inside === (sign === "}" ? "{" : "[") ? closed() : undefined;
}
