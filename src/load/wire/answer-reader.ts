import { AnswerHead } from "./answer-head.ts";
import { ChunkedBody } from "./chunked-body.ts";
import { KnownHeads } from "./known-heads.ts";
import { Store, TooLarge } from "./store.ts";

export interface ReadLimits {
  readonly maxHeadBytes: number;
  readonly maxBodyBytes: number;
}

const [CR, LF] = [13, 10];

/**
 * Reads one answer after another out of whatever pieces the socket gives. What lies whole in one piece is not copied: the
 * head and the body are then places in the piece itself, good until the next read.
 */
export class AnswerReader {
  /** Good until the next read of any reader that knows the same heads. */
  head: AnswerHead;
  /** Where the head lies, status line and empty line included. */
  headBytes: Buffer = Buffer.alloc(0);
  headStart = 0;
  headEnd = 0;
  /** Where the body lies. */
  body: Buffer = Buffer.alloc(0);
  bodyStart = 0;
  bodyEnd = 0;
  /** Bytes that belong to this answer, 1xx answers before it included. */
  bytesIn = 0;
  /** Index in the latest piece behind the answer, once it is whole. */
  next = 0;
  readonly #limits: ReadLimits;
  readonly #own = new AnswerHead();
  readonly #known: KnownHeads;
  readonly #heads = new Store("head");
  readonly #bodies = new Store("body");
  readonly #chunked: ChunkedBody;
  /** The head that was just read announced an answer and was none (1xx). */
  #wasInterim = false;
  #isHead = false;
  #at: "head" | "body" = "head";
  #left = 0;

  /** @param known heads that all readers of a server share */
  constructor(limits: ReadLimits, known: KnownHeads = new KnownHeads()) {
    this.#limits = limits;
    this.head = this.#own;
    this.#known = known;
    this.#chunked = new ChunkedBody(limits.maxBodyBytes, limits.maxHeadBytes);
  }

  /** Whether something of the answer has come. */
  get hasBegun(): boolean {
    return this.bytesIn > 0;
  }

  /** Bytes of the body that have come, for messages. */
  get bodyBytes(): number {
    return this.#at === "body" ? this.#bodies.length : 0;
  }

  /** Gets ready for the answer to the next request. */
  begin(isHead: boolean): void {
    this.#isHead = isHead;
    this.#at = "head";
    this.bytesIn = 0;
    this.#heads.clear();
    this.#bodies.clear();
  }

  /**
   * Takes a piece. True when the answer is whole; then `next` tells where in the piece it ended.
   * @throws BadAnswer, TooLarge
   */
  read(piece: Buffer, from: number, to: number): boolean {
    let behind = this.#at === "head" ? this.#readHead(piece, from, to) : this.#readBody(piece, from, to);
    // Not by recursion: a server may send thousands of them in one piece.
    while (this.#wasInterim) {
      this.#wasInterim = false;
      behind = behind === to ? -1 : this.#readHead(piece, behind, to);
    }
    if (behind === -1) {
      this.bytesIn += to - from;
      return false;
    }
    this.bytesIn += behind - from;
    this.next = behind;
    return true;
  }

  /** The server has closed its side. True when that is the end of a whole answer. */
  end(): boolean {
    if (this.#at !== "body" || this.head.framing !== "until-close") return false;
    this.#bodyIs(this.#bodies.bytes, 0, this.#bodies.length);
    return true;
  }

  #readHead(piece: Buffer, from: number, to: number): number {
    if (this.#heads.length > 0) return this.#readHeadOn(piece, from, to);
    const mayBeKnown = from === 0 && !this.#isHead;
    const known = mayBeKnown ? this.#known.find(piece, to) : undefined;
    if (known !== undefined) {
      this.head = known.head;
      return this.#headIs(piece, 0, known.end, to);
    }
    this.head = this.#own;
    let start = from;
    // Empty lines before an answer are read over, as every parser does (RFC 9112 section 2.2).
    while (start < to && (piece[start] === CR || piece[start] === LF)) start += 1;
    if (start === to) return -1;
    const end = this.head.read(piece, start, to, this.#isHead);
    if (end === -1) {
      this.#heads.append(piece, start, to, this.#limits.maxHeadBytes);
      this.head.move(-start);
      return -1;
    }
    if (end - start > this.#limits.maxHeadBytes) throw this.#headTooLarge();
    if (mayBeKnown && start === 0) this.#known.learn(this.head, piece, end);
    return this.#headIs(piece, start, end, to);
  }

  /** The head began in an earlier piece. */
  #readHeadOn(piece: Buffer, from: number, to: number): number {
    const before = this.#heads.length;
    const most = this.#limits.maxHeadBytes;
    const taken = Math.min(to - from, most - before);
    this.#heads.append(piece, from, from + taken, most);
    const end = this.head.readOn(this.#heads.bytes, this.#heads.length, this.#isHead);
    if (end !== -1) return this.#headIs(this.#heads.bytes, 0, end, to, piece, from + end - before);
    if (taken < to - from) throw this.#headTooLarge();
    return -1;
  }

  /** @param behind where the body begins in `piece`, which is where the head lies unless it is given */
  #headIs(
    lies: Buffer,
    start: number,
    end: number,
    to: number,
    piece: Buffer = lies,
    behind: number = end,
  ): number {
    const { head } = this;
    if (head.status < 200) {
      this.#heads.clear();
      this.#wasInterim = true;
      return behind;
    }
    this.headBytes = lies;
    this.headStart = start;
    this.headEnd = end;
    if (head.framing === "none") {
      this.#bodyIs(piece, behind, behind);
      return behind;
    }
    if (head.framing === "length") {
      if (head.contentLength > this.#limits.maxBodyBytes) {
        throw new TooLarge(`announced a body of ${head.contentLength} bytes`);
      }
      if (to - behind >= head.contentLength) {
        this.#bodyIs(piece, behind, behind + head.contentLength);
        return behind + head.contentLength;
      }
    }
    return this.#beginBody(piece, behind, to);
  }

  /** The body goes on in the next piece, which will overwrite this one: the head is put in safety. */
  #beginBody(piece: Buffer, from: number, to: number): number {
    if (this.head !== this.#own) {
      // The one that is known will be somebody else's before this body is whole.
      this.#own.copy(this.head);
      this.head = this.#own;
    }
    if (this.headBytes !== this.#heads.bytes) {
      this.#heads.clear();
      this.#heads.append(this.headBytes, this.headStart, this.headEnd, this.#limits.maxHeadBytes);
      const moved = this.headStart;
      this.headBytes = this.#heads.bytes;
      this.headEnd -= moved;
      this.headStart = 0;
      this.head.move(-moved);
    }
    this.#at = "body";
    this.#left = this.head.contentLength;
    this.#chunked.begin();
    return this.#readBody(piece, from, to);
  }

  #readBody(piece: Buffer, from: number, to: number): number {
    const { maxBodyBytes } = this.#limits;
    const bodies = this.#bodies;
    if (this.head.framing === "until-close") {
      bodies.append(piece, from, to, maxBodyBytes);
      return -1;
    }
    if (this.head.framing === "length") {
      const size = Math.min(this.#left, to - from);
      bodies.append(piece, from, from + size, maxBodyBytes);
      this.#left -= size;
      if (this.#left > 0) return -1;
      this.#bodyIs(bodies.bytes, 0, bodies.length);
      return from + size;
    }
    const behind = this.#chunked.read(piece, from, to, bodies);
    if (behind !== -1) this.#bodyIs(bodies.bytes, 0, bodies.length);
    return behind;
  }

  #bodyIs(bytes: Buffer, start: number, end: number): void {
    this.body = bytes;
    this.bodyStart = start;
    this.bodyEnd = end;
  }

  #headTooLarge(): TooLarge {
    return new TooLarge(`sent a head of more than ${this.#limits.maxHeadBytes} bytes`);
  }
}
