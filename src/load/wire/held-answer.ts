import type { Exchange, Headers, Request } from "../../model/exchange.ts";
import type { AnswerReader } from "./answer-reader.ts";
import type { WireAnswer } from "./wire.ts";
import type { Inflated, WireOptions } from "./wire-options.ts";

const [LF, COLON] = [10, 58];

/** The answer that is being handed over. One for a whole wire: it shows what its reader holds at this moment. */
export class HeldAnswer implements WireAnswer {
  status = 0;
  body: Buffer = Buffer.alloc(0);
  bodyStart = 0;
  bodyEnd = 0;
  bytesIn = 0;
  at = 0;
  retryAfter: string | undefined;
  readonly #options: WireOptions;
  #reader: AnswerReader | undefined;
  #sentAt = 0;
  #bytesAt = 0;

  constructor(options: WireOptions) {
    this.#options = options;
  }

  /** Takes what the reader has read. Returns why it cannot be used, when its content coding is damaged. */
  hold(
    reader: AnswerReader,
    sentAt: number,
    firstByteAt: number,
    at: number,
  ): Exclude<Inflated, { ok: true }> | undefined {
    const { head } = reader;
    this.#reader = reader;
    this.#sentAt = sentAt;
    this.#bytesAt = firstByteAt;
    this.at = at;
    this.status = head.status;
    this.body = reader.body;
    this.bodyStart = reader.bodyStart;
    this.bodyEnd = reader.bodyEnd;
    this.bytesIn = reader.bytesIn;
    this.retryAfter =
      head.retryAfterEnd === 0
        ? undefined
        : reader.headBytes.toString("latin1", head.retryAfterStart, head.retryAfterEnd);
    if (head.encodingEnd === 0 || reader.bodyEnd === reader.bodyStart) return undefined;
    return this.#inflate(reader);
  }

  #inflate({
    head,
    headBytes,
    body,
    bodyStart,
    bodyEnd,
  }: AnswerReader): Exclude<Inflated, { ok: true }> | undefined {
    const codings = [headBytes.toString("latin1", head.encodingStart, head.encodingEnd)];
    const inflated = this.#options.inflate(
      body.subarray(bodyStart, bodyEnd),
      codings,
      this.#options.maxBodyBytes,
    );
    if (!inflated.ok) return inflated;
    this.body = inflated.bytes;
    this.bodyStart = 0;
    this.bodyEnd = inflated.bytes.length;
    return undefined;
  }

  toExchange(request: Request): Exchange {
    const { baseUrl, headersOf, record, epoch } = this.#options;
    const reader = this.#reader;
    if (reader === undefined) throw new Error("no answer is held");
    const body = new TextDecoder("utf-8").decode(this.body.subarray(this.bodyStart, this.bodyEnd));
    return record({
      request: { ...request, headers: headersOf(request) },
      url: urlOf(baseUrl, request),
      outcome: { kind: "answer", status: this.status, headers: headersIn(reader), body },
      timing: {
        startedAt: Math.round(epoch + this.#sentAt),
        firstByteMs: this.#bytesAt - this.#sentAt,
        totalMs: this.at - this.#sentAt,
      },
    });
  }
}

export const urlOf = (baseUrl: URL, { path }: Pick<Request, "path">) =>
  baseUrl.origin + baseUrl.pathname.replace(/\/+$/, "") + path;

/** The fields of a head that was read as sound. Bytes beyond ASCII are Latin-1 in a header. */
export function headersIn({ headBytes, headStart, headEnd }: AnswerReader): Headers {
  const headers: [string, string][] = [];
  let at = headBytes.indexOf(LF, headStart) + 1;
  while (at < headEnd - 2) {
    const end = headBytes.indexOf(LF, at) - 1;
    const colon = headBytes.indexOf(COLON, at);
    const value = headBytes.toString("latin1", colon + 1, end).replace(/^[ \t]+|[ \t]+$/g, "");
    headers.push([headBytes.toString("latin1", at, colon), value]);
    at = end + 2;
  }
  return headers;
}
