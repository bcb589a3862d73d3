import { request } from "node:http";
import { Duplex } from "node:stream";
import fc from "fast-check";
import { AnswerReader } from "../../../../src/load/wire/answer-reader.ts";
import { headersIn } from "../../../../src/load/wire/held-answer.ts";

/** What a parser makes of some bytes after which the server hangs up. */
export type Heard =
  | {
      readonly ok: true;
      readonly status: number;
      readonly headers: readonly string[];
      readonly body: string;
      readonly left: number;
    }
  | { readonly ok: false; readonly why: string };

export const LIMITS = { maxHeadBytes: 16_000, maxBodyBytes: 100_000 };

/** Our reader, fed piece by piece. Each piece lies in a buffer that is overwritten afterwards, as the shared one is. */
export function readByUs(bytes: Buffer, sizes: readonly number[], limits = LIMITS): Heard {
  const reader = new AnswerReader(limits);
  reader.begin(false);
  const told = (left: number): Heard => ({
    ok: true,
    status: reader.head.status,
    headers: headersIn(reader).flat(),
    body: reader.body.toString("latin1", reader.bodyStart, reader.bodyEnd),
    left,
  });
  try {
    let at = 0;
    for (let piece = 0; at < bytes.length; piece += 1) {
      const size = Math.max(1, Math.min(sizes[piece % sizes.length] ?? 1, bytes.length - at));
      const shared = Buffer.alloc(size + 7, 0x7e);
      bytes.copy(shared, 3, at, at + size);
      at += size;
      if (reader.read(shared, 3, 3 + size)) return told(bytes.length - at + 3 + size - reader.next);
      shared.fill(0x7e);
    }
    return reader.end() ? told(0) : { ok: false, why: "cut short" };
  } catch (problem) {
    return { ok: false, why: (problem as Error).message };
  }
}

/** Node's own client, over a stream in memory. */
export function readByNode(bytes: Buffer): Promise<Heard> {
  return new Promise((resolve) => {
    const stream = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() });
    const failed = (problem: Error & { code?: string }) =>
      resolve({ ok: false, why: problem.code ?? problem.message });
    const asked = request({ createConnection: () => stream, host: "scim.test" }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", failed);
      answer.on("end", () => {
        const body = Buffer.concat(parts).toString("latin1");
        resolve({ ok: true, status: answer.statusCode ?? 0, headers: answer.rawHeaders, body, left: 0 });
      });
    });
    asked.on("error", failed);
    asked.on("upgrade", () => resolve({ ok: false, why: "upgrade" }));
    asked.end();
    setImmediate(() => {
      stream.push(bytes);
      stream.push(null);
    });
  });
}

const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/);
const value = fc.oneof(
  fc.stringMatching(/^[ -~]{0,20}$/),
  fc.constantFrom("", " padded\t", "a,b", "caf\u00e9", "0", "close", "keep-alive"),
);
const field = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.constantFrom("X-Note", "Date", "ETag", "Retry-After", "Connection", "Keep-Alive"),
      value,
    ),
  },
  { weight: 2, arbitrary: fc.tuple(token, value) },
);
const lengths = fc.constantFrom<(length: number) => string>(
  (length) => `${length}`,
  (length) => `00${length}`,
  (length) => `${length} `,
  (length) => `${length + 1}`,
  (length) => `${Math.max(0, length - 1)}`,
  (length) => `${length}, ${length}`,
  (length) => `+${length}`,
  (length) => `${length}.0`,
  () => "",
  () => "99999999999999999999",
);
const chunked = (body: string, sizes: readonly number[], extension: string, trailer: string) => {
  let text = "";
  let at = 0;
  for (let piece = 0; at < body.length; piece += 1) {
    const size = Math.max(1, sizes[piece % sizes.length] ?? 1);
    const part = body.slice(at, at + size);
    text += `${part.length.toString(16)}${extension}\r\n${part}\r\n`;
    at += size;
  }
  return `${text}0${extension}\r\n${trailer}\r\n`;
};
const framing = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constant((body: string) => [`Content-Length: ${body.length}\r\n`, body] as const),
  },
  {
    weight: 2,
    arbitrary: lengths.map(
      (write) => (body: string) => [`content-length: ${write(body.length)}\r\n`, body] as const,
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
        extension: fc.constantFrom("", ";a", ";a=b", ';a="b c"', ";"),
        trailer: fc.constantFrom(
          "",
          "X-Sum: 1\r\n",
          "X-Sum: 1\r\nX-More: 2\r\n",
          "Content-Length: 3\r\n",
          "bad trailer\r\n",
        ),
        name: fc.constantFrom(
          "Transfer-Encoding: chunked",
          "transfer-encoding: Chunked",
          "Transfer-Encoding: gzip, chunked",
        ),
      })
      .map(
        ({ sizes, extension, trailer, name }) =>
          (body: string) =>
            [`${name}\r\n`, chunked(body, sizes, extension, trailer)] as const,
      ),
  },
  { weight: 1, arbitrary: fc.constant((body: string) => ["", body] as const) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      (body: string) => [`Transfer-Encoding: chunked\r\nContent-Length: ${body.length}\r\n`, body] as const,
      (body: string) =>
        [`Content-Length: ${body.length}\r\nContent-Length: ${body.length}\r\n`, body] as const,
      (body: string) => ["Transfer-Encoding: identity\r\n", body] as const,
    ),
  },
);

/** One answer as a server might write it, sound or nearly so. */
export const answers = fc
  .record({
    before: fc.constantFrom(
      "",
      "",
      "",
      "\r\n",
      "HTTP/1.1 100 Continue\r\n\r\n",
      "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n",
    ),
    version: fc.constantFrom("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0"),
    status: fc.constantFrom("200", "200", "201", "204", "304", "404", "429", "500", "999", "20", "2000"),
    reason: fc.constantFrom(" OK", " ", "", " Not so\tgood", " caf\u00e9"),
    fields: fc.array(field, { maxLength: 5 }),
    frame: framing,
    body: fc.stringMatching(/^[ -~\r\n]{0,120}$/),
  })
  .map(({ before, version, status, reason, fields, frame, body }) => {
    const [length, sent] = frame(body);
    const head = fields.map(([name, text]) => `${name}: ${text}\r\n`).join("");
    return Buffer.from(`${before}${version} ${status}${reason}\r\n${head}${length}\r\n${sent}`, "latin1");
  });

/** The same with a few bytes changed, where parsers tend to differ. */
export const damaged = fc
  .tuple(
    answers,
    fc.array(
      fc.record({
        at: fc.nat({ max: 999 }),
        what: fc.constantFrom(
          "\r",
          "\n",
          "\0",
          " ",
          "\t",
          ":",
          "0",
          "f",
          ";",
          "\x7f",
          "\x80",
          "\r\n",
          " \r\n",
          "",
        ),
        removes: fc.integer({ min: 0, max: 2 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([bytes, changes]) =>
    changes.reduce((text, { at, what, removes }) => {
      const place = at % (text.length + 1);
      return Buffer.concat([
        text.subarray(0, place),
        Buffer.from(what, "latin1"),
        text.subarray(place + removes),
      ]);
    }, bytes),
  );

/**
 * Where llhttp, by which both Node's client and undici read, goes against RFC 9112: it takes CR CR for the end of a
 * status line, and no tab behind a length or a coding.
 */
export function isLlhttpsOwnWay(text: string): boolean {
  return (
    /^[\r\n]*(HTTP\/1\.\d 1\d\d[^\r\n]*\r\n([^\r\n]+\r\n)*\r\n)*HTTP\/[^\r\n]*\r\r/.test(text) ||
    /(content-length: *\d+ *|transfer-encoding:.*chunked)\t/i.test(text)
  );
}

export const pieceSizes = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 400 })),
  {
    minLength: 1,
    maxLength: 5,
  },
);
