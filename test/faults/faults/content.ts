import { type Fault, onBodies, type SoundAnswer, type Struck, someBody, whole } from "../fault.ts";

const NOT_JSON =
  "RFC 7644 3.1: the body is JSON. RFC 8259 2 to 7 say what that is; Okta cannot read it either.";

type Spoil = (body: Buffer, sound: SoundAnswer) => Buffer | string;

const content = (name: string, does: string, spoil: Spoil, rest: Partial<Fault>): Fault => ({
  name,
  phase: "content",
  does,
  strike: (rest.verdict === "pass" ? onBodies : asItIs)(({ client, sound }) => {
    client.write(whole(sound, { body: spoil(someBody(sound), sound) }));
  }),
  verdict: "fail",
  preflight: "judged",
  because: NOT_JSON,
  told: /is not JSON/,
  ...rest,
});

const asItIs = (strike: (struck: Struck) => void) => strike;

const unharmed = (because: string): Partial<Fault> => ({ verdict: "pass", because, told: /./ });

/** Members put in front of those that the sound answer has. */
const withMembers =
  (members: string): Spoil =>
  (body) =>
    body.toString().replace("{", () => (body.toString().trim() === "{}" ? `{${members}` : `{${members},`));

const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const PAGE = "<!DOCTYPE html><html><body><form>Sign in</form><script>alert(1)</script></body></html>";

/** Whole answers with contents that are wrong, or only look so. */
export const contents: readonly Fault[] = [
  content(
    "byte-order-mark",
    "begins its JSON with a byte order mark",
    (body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
    unharmed(
      "RFC 8259 8.1: senders must not add one, yet parsers may ignore it. No document says that Okta does not.",
    ),
  ),
  content("charset-of-another-name", "calls its UTF-8 ISO-8859-1", (body) => body, {
    ...unharmed("RFC 8259 11: a charset parameter has no effect; the bytes are UTF-8."),
    strike: ({ client, sound }) => {
      const headers = sound.headers.map(
        ([name, value]) =>
          [name, /^content-type$/i.test(name) ? "application/scim+json; charset=iso-8859-1" : value] as const,
      );
      client.write(whole({ ...sound, headers }));
    },
  }),
  content(
    "latin-1",
    "writes its JSON in Latin-1",
    (body) =>
      Buffer.from(
        withMembers('"note":"J\u00fcrgen M\u00fcller"')(body, { status: 200, headers: [], body }).toString(),
        "latin1",
      ),
    {
      because: "RFC 8259 8.1: JSON that travels must be UTF-8. These bytes are not, whatever the label says.",
      told: /is not UTF-8/,
    },
  ),
  content(
    "utf-16",
    "writes its JSON in UTF-16",
    (body) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(body.toString(), "utf16le")]),
    {
      because: "RFC 8259 8.1: JSON that travels must be UTF-8.",
      told: /is not UTF-8|is not JSON/,
    },
  ),
  content(
    "invalid-utf-8",
    "sends bytes that are not UTF-8 inside a text",
    (body) => {
      const text = withMembers('"note":"@"')(body, { status: 200, headers: [], body }).toString();
      const bytes = Buffer.from(text);
      bytes[bytes.indexOf("@")] = 0xff;
      return bytes;
    },
    {
      because: "RFC 8259 8.1: JSON that travels must be UTF-8.",
      told: /is not UTF-8/,
    },
  ),
  content(
    "half-a-surrogate-pair",
    "escapes half a surrogate pair in a text",
    withMembers('"note":"\\ud800"'),
    unharmed("RFC 8259 8.2: the grammar allows it, and an unknown attribute is nobody's business."),
  ),
  content(
    "keys-twice",
    "gives a key twice",
    withMembers('"note":1,"note":2'),
    unharmed(
      "RFC 8259 4: names should be unique, no more; which one counts is unpredictable, and no claim asks for this one.",
    ),
  ),
  content(
    "proto-keys",
    "uses __proto__ and constructor as keys",
    withMembers(
      '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"hasOwnProperty":1,"toString":2,"then":3',
    ),
    unharmed(
      "RFC 8259 4: a key is any text. An attribute that nobody asked for is ignored, and ours are not touched.",
    ),
  ),
  content(
    "numbers-beyond-2-53",
    "uses numbers beyond 2^53",
    withMembers('"note":9007199254740993,"more":123456789012345678901234567890,"tiny":1e-400,"huge":1e400'),
    unharmed(
      "RFC 8259 6: the grammar sets no limit; what stands in attributes that nobody asked for harms nobody.",
    ),
  ),
  content("not-a-number", "writes NaN", withMembers('"note":NaN'), {
    because: "RFC 8259 6: NaN and Infinity are not permitted.",
  }),
  content("infinity", "writes Infinity", withMembers('"note":-Infinity'), {
    because: "RFC 8259 6: NaN and Infinity are not permitted.",
  }),
  content(
    "trailing-comma",
    "leaves a comma before the last bracket",
    (body) => body.toString().replace(/\}\s*$/, ",}"),
    {},
  ),
  content("single-quotes", "uses single quotes", (body) => body.toString().replaceAll('"', "'"), {}),
  content("comment", "puts a comment into its JSON", (body) => `/* hello */${body.toString()}`, {}),
  content(
    "two-texts",
    "sends its JSON twice in one body",
    (body) => `${body.toString()}${body.toString()}`,
    {},
  ),
  content(
    "cut-json",
    "sends JSON that is cut short, with a length that fits",
    (body) => body.subarray(0, Math.max(1, body.length - 5)),
    {},
  ),
  content("100000-deep", "nests its JSON 100,000 deep", withMembers(`"note":${deep(100_000)}`), {
    isHeavy: true,
    because:
      "RFC 7643 2.3.8: attributes nest two levels deep at most. RFC 8259 9 lets a parser stop much earlier, and Okta's has to.",
    told: /nested more than \d+ levels deep|is not JSON/,
  }),
  content(
    "200-deep",
    "nests an attribute of its own 200 deep",
    withMembers(`"note":${deep(200)}`),
    unharmed("Deeper than any schema, but it can be read, and nobody asked for this attribute."),
  ),
  content(
    "body-of-5-mb",
    "sends 5 MB of white space around its JSON",
    (body) => Buffer.concat([body, Buffer.alloc(5_000_000, " ")]),
    { isHeavy: true, ...unharmed("RFC 8259 2: white space around a text means nothing.") },
  ),
  content("html-with-200", "answers 200 with a sign-in page", () => PAGE, {
    strike: ({ client, sound }) =>
      client.write(
        whole(
          { ...sound, headers: [["Content-Type", "text/html; charset=utf-8"]] },
          { line: "HTTP/1.1 200 OK", body: PAGE },
        ),
      ),
    preflight: "html",
    told: /is not JSON; it begins with|web page/,
  }),
  content("empty-with-200", "answers 200 with nothing", () => "", {
    strike: ({ client }) =>
      client.write("HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\nContent-Length: 0\r\n\r\n"),
    because:
      "RFC 7644 3.3, 3.4 and 3.5.1: the answer holds the resource or the list. PATCH may answer 204 instead.",
    told: /empty|no body|absent/,
  }),
  content("null", "answers null", () => "null", {
    because: "RFC 7644 3.1: resources and lists are JSON objects.",
    told: /null|absent|array|object/,
  }),
  content("array", "answers a bare array", () => "[]", {
    because: "RFC 7644 3.4.2: a list is a ListResponse; RFC 7643 3: a resource is an object.",
    told: /absent|array|object|\[\]/,
  }),
  content("text", "answers a bare text", () => '"ok"', {
    because: "RFC 7644 3.1: resources and lists are JSON objects.",
    told: /absent|text|object|ok/,
  }),
];
