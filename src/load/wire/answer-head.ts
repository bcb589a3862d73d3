import { BadAnswer, checkBeginning, digit, isInName, isInValue, isWord, lineEnd } from "./head-syntax.ts";

/** How the end of a body is known (RFC 9112 section 6.3). */
export type Framing = "none" | "length" | "chunked" | "until-close";

const [TAB, LF, CR, SPACE, COMMA, COLON] = [9, 10, 13, 32, 44, 58];

const bytes = (text: string) => Buffer.from(text, "latin1");
const CONTENT_LENGTH = bytes("content-length");
const TRANSFER_ENCODING = bytes("transfer-encoding");
const CONNECTION = bytes("connection");
const KEEP_ALIVE = bytes("keep-alive");
const RETRY_AFTER = bytes("retry-after");
const CONTENT_ENCODING = bytes("content-encoding");
const CLOSE = bytes("close");
const CHUNKED = bytes("chunked");

/**
 * The status line and the header fields of one answer, read in one pass over the bytes where they lie. Strict as Node's
 * own parser is: lines end with CR LF, no folded lines, one Content-Length that is a number, never beside a
 * Transfer-Encoding.
 */
export class AnswerHead {
  status = 0;
  framing: Framing = "none";
  contentLength = 0;
  /** Whether the server leaves the connection open after this answer. */
  keepsAlive = true;
  /** Where the values of these fields lie; the end is 0 when there is none. */
  retryAfterStart = 0;
  retryAfterEnd = 0;
  encodingStart = 0;
  encodingEnd = 0;
  keepAliveStart = 0;
  keepAliveEnd = 0;
  lengthStart = 0;
  lengthEnd = 0;
  #hasLength = false;
  #hasTransferEncoding = false;
  #isChunked = false;

  /** Where the line begins that was not whole yet; 0 in a head that has not got beyond its first line. */
  #line = 0;

  /**
   * Reads a head from its first byte.
   * @param isHead whether it answers a HEAD request, whose answer has no body
   * @returns the index behind it, or -1 when it goes on behind `to`; then `readOn` goes on
   * @throws BadAnswer
   */
  read(buffer: Buffer, from: number, to: number, isHead: boolean): number {
    this.#reset();
    const fields = this.#statusLine(buffer, from, to);
    if (fields === -1) return -1;
    this.#line = fields;
    return this.#readFields(buffer, to, isHead);
  }

  /** Goes on where `read` had to stop, with more bytes behind those it had; they begin at 0. */
  readOn(buffer: Buffer, to: number, isHead: boolean): number {
    return this.#line === 0 ? this.read(buffer, 0, to, isHead) : this.#readFields(buffer, to, isHead);
  }

  /** Becomes the same as a head that is whole. */
  copy(other: AnswerHead): void {
    this.status = other.status;
    this.framing = other.framing;
    this.contentLength = other.contentLength;
    this.keepsAlive = other.keepsAlive;
    this.retryAfterStart = other.retryAfterStart;
    this.retryAfterEnd = other.retryAfterEnd;
    this.encodingStart = other.encodingStart;
    this.encodingEnd = other.encodingEnd;
    this.keepAliveStart = other.keepAliveStart;
    this.keepAliveEnd = other.keepAliveEnd;
    this.lengthStart = other.lengthStart;
    this.lengthEnd = other.lengthEnd;
    this.#hasLength = other.#hasLength;
    this.#hasTransferEncoding = other.#hasTransferEncoding;
    this.#isChunked = other.#isChunked;
  }

  /** Takes the length anew from bytes that are otherwise as they were read. False when it is none. */
  renewLength(buffer: Buffer): boolean {
    if (!this.#hasLength) return true;
    let length = 0;
    for (let at = this.lengthStart; at < this.lengthEnd; at += 1) {
      const value = (buffer[at] as number) - 0x30;
      if (value < 0 || value > 9) return false;
      length = length * 10 + value;
    }
    this.contentLength = length;
    this.#frame(false);
    return true;
  }

  #readFields(buffer: Buffer, to: number, isHead: boolean): number {
    const end = this.fields(buffer, this.#line, to, false);
    if (end !== -1) this.#frame(isHead);
    return end;
  }

  #reset(): void {
    this.#line = 0;
    this.status = 0;
    this.contentLength = 0;
    this.keepsAlive = true;
    this.retryAfterEnd = 0;
    this.encodingEnd = 0;
    this.keepAliveEnd = 0;
    this.lengthStart = 0;
    this.lengthEnd = 0;
    this.#hasLength = false;
    this.#hasTransferEncoding = false;
    this.#isChunked = false;
  }

  /** `HTTP/1.1 200 OK`; the reason may be missing, and no one reads it. */
  #statusLine(buffer: Buffer, from: number, to: number): number {
    checkBeginning(buffer, from, to);
    if (to - from < 13) return -1;
    this.keepsAlive = buffer[from + 7] === 0x31;
    const [hundreds, tens, ones] = [
      digit(buffer, from + 9),
      digit(buffer, from + 10),
      digit(buffer, from + 11),
    ];
    this.status = hundreds * 100 + tens * 10 + ones;
    if (this.status < 100) throw new BadAnswer("sent a status below 100");
    const after = buffer[from + 12];
    if (after !== SPACE && after !== CR) throw new BadAnswer("sent a status line that is none");
    let at = from + 12;
    while (at < to && buffer[at] !== CR) {
      if (buffer[at] === LF) throw new BadAnswer("ended a line without CR LF");
      at += 1;
    }
    return lineEnd(buffer, at, to);
  }

  /**
   * Header fields, or with `areTrailers` those behind a chunked body, up to and with the empty line.
   * @returns the index behind it, or -1 when they go on behind `to`
   */
  fields(buffer: Buffer, from: number, to: number, areTrailers: boolean): number {
    let at = from;
    for (;;) {
      this.#line = at;
      if (at >= to) return -1;
      if (buffer[at] === CR) return lineEnd(buffer, at, to);
      const name = at;
      while (at < to && isInName(buffer[at] as number)) at += 1;
      if (at >= to) return -1;
      if (buffer[at] !== COLON || at === name)
        throw new BadAnswer("sent a header field without a proper name");
      const nameEnd = at;
      at += 1;
      while (at < to && (buffer[at] === SPACE || buffer[at] === TAB)) at += 1;
      const value = at;
      while (at < to && isInValue(buffer[at] as number)) at += 1;
      if (at >= to) return -1;
      const next = lineEnd(buffer, at, to);
      if (next === -1) return -1;
      let valueEnd = at;
      while (valueEnd > value && (buffer[valueEnd - 1] === SPACE || buffer[valueEnd - 1] === TAB))
        valueEnd -= 1;
      if (areTrailers) refuseFraming(buffer, name, nameEnd);
      else this.#field(buffer, name, nameEnd, value, valueEnd);
      at = next;
    }
  }

  /** The bytes have been copied to another place. */
  move(by: number): void {
    if (this.#line !== 0) this.#line += by;
    this.retryAfterStart += by;
    if (this.retryAfterEnd !== 0) this.retryAfterEnd += by;
    this.encodingStart += by;
    if (this.encodingEnd !== 0) this.encodingEnd += by;
    this.keepAliveStart += by;
    if (this.keepAliveEnd !== 0) this.keepAliveEnd += by;
  }

  #field(buffer: Buffer, name: number, nameEnd: number, value: number, valueEnd: number): void {
    switch (fieldNamed(buffer, name, nameEnd)) {
      case "connection":
        this.#connection(buffer, value, valueEnd);
        return;
      case "keep-alive":
        this.keepAliveStart = value;
        this.keepAliveEnd = valueEnd;
        return;
      case "retry-after":
        if (this.retryAfterEnd !== 0) return;
        this.retryAfterStart = value;
        this.retryAfterEnd = valueEnd;
        return;
      case "content-length":
        this.#length(buffer, value, valueEnd);
        return;
      case "content-encoding":
        this.#encoding(value, valueEnd);
        return;
      case "transfer-encoding":
        this.#transferEncoding(buffer, value, valueEnd);
    }
  }

  #connection(buffer: Buffer, value: number, valueEnd: number): void {
    if (valueEnd - value === 10 && isWord(buffer, value, KEEP_ALIVE)) this.keepsAlive = true;
    else if (valueEnd - value === 5 && isWord(buffer, value, CLOSE)) this.keepsAlive = false;
    else {
      const words = buffer.toString("latin1", value, valueEnd).toLowerCase().split(",");
      const has = (word: string) => words.some((one) => one.trim() === word);
      if (has("close")) this.keepsAlive = false;
      else if (has("keep-alive")) this.keepsAlive = true;
    }
  }

  #length(buffer: Buffer, value: number, valueEnd: number): void {
    if (this.#hasLength) throw new BadAnswer("sent two Content-Length fields");
    if (value === valueEnd || valueEnd - value > 15)
      throw new BadAnswer("sent a Content-Length that is no length");
    let length = 0;
    for (let at = value; at < valueEnd; at += 1) length = length * 10 + digit(buffer, at);
    this.#hasLength = true;
    this.lengthStart = value;
    this.lengthEnd = valueEnd;
    this.contentLength = length;
  }

  #encoding(value: number, valueEnd: number): void {
    // Several fields would be one list; who codes twice is not asked for anything, and judged by what comes out.
    this.encodingStart = value;
    this.encodingEnd = valueEnd;
  }

  #transferEncoding(buffer: Buffer, value: number, valueEnd: number): void {
    this.#hasTransferEncoding = true;
    let last = valueEnd;
    while (last > value && buffer[last - 1] !== COMMA) last -= 1;
    while (last < valueEnd && (buffer[last] === SPACE || buffer[last] === TAB)) last += 1;
    this.#isChunked = valueEnd - last === CHUNKED.length && isWord(buffer, last, CHUNKED);
  }

  #frame(isHead: boolean): void {
    const { status } = this;
    if (this.#hasLength && this.#hasTransferEncoding) {
      throw new BadAnswer("sent both a Content-Length and a Transfer-Encoding");
    }
    if (status === 101) throw new BadAnswer("switched to another protocol without being asked");
    if (isHead || status < 200 || status === 204 || status === 304) this.framing = "none";
    else if (this.#isChunked) this.framing = "chunked";
    else if (this.#hasLength) this.framing = this.contentLength === 0 ? "none" : "length";
    else this.framing = "until-close";
  }
}

type Field =
  | "connection"
  | "keep-alive"
  | "retry-after"
  | "content-length"
  | "content-encoding"
  | "transfer-encoding";

/** The field, if its value matters to where an answer ends or to what is told of it; that of any other is not looked at. */
export function fieldNamed(buffer: Buffer, name: number, nameEnd: number): Field | undefined {
  switch (nameEnd - name) {
    case 10:
      if (isWord(buffer, name, CONNECTION)) return "connection";
      return isWord(buffer, name, KEEP_ALIVE) ? "keep-alive" : undefined;
    case 11:
      return isWord(buffer, name, RETRY_AFTER) ? "retry-after" : undefined;
    case 14:
      return isWord(buffer, name, CONTENT_LENGTH) ? "content-length" : undefined;
    case 16:
      return isWord(buffer, name, CONTENT_ENCODING) ? "content-encoding" : undefined;
    case 17:
      return isWord(buffer, name, TRANSFER_ENCODING) ? "transfer-encoding" : undefined;
    default:
      return undefined;
  }
}

/** A length in a trailer comes too late to be one (Node's parser refuses it too). */
function refuseFraming(buffer: Buffer, name: number, nameEnd: number): void {
  if (fieldNamed(buffer, name, nameEnd) === "content-length") {
    throw new BadAnswer("sent a Content-Length behind its body");
  }
}
