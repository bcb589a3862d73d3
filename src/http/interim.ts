/** The part of a socket that undici's parser reads from. */
export interface ReadableSocket {
  read(size?: number): Buffer | null;
  readonly destroyed?: boolean;
}

const CONTINUE = "HTTP/1.1 100";

/** An interim answer longer than this is left to undici, which then gives up on it. */
const MOST_HELD_BYTES = 65_536;

/**
 * Takes `100 Continue` out of what a socket hands to undici. undici gives up on a 100 that it did not ask for, yet a
 * client has to put up with one or more (RFC 9110 15.2), and some servers in front of SCIM endpoints send it for every
 * POST. Other interim answers (102, 103) need no help.
 * @returns to be called before each request: the next bytes are the start of an answer
 */
export function withoutContinue(socket: ReadableSocket): () => void {
  const readChunk = socket.read.bind(socket);
  let atStart = true;
  let held: Buffer = Buffer.alloc(0);
  socket.read = (size) => {
    for (;;) {
      // undici reads on after it gave up, and makes an error of every header line beyond its limit.
      const chunk = socket.destroyed === true ? null : readChunk(size);
      if (!atStart || chunk === null) return chunk;
      held = afterContinues(held.length === 0 ? chunk : Buffer.concat([held, chunk]));
      if (mayBeContinue(held) && held.length < MOST_HELD_BYTES) continue;
      const passedOn = held;
      held = Buffer.alloc(0);
      atStart = false;
      return passedOn;
    }
  };
  return () => {
    held = Buffer.alloc(0);
    atStart = true;
  };
}

/** What follows the interim answers that have come in full. */
function afterContinues(bytes: Buffer): Buffer {
  let rest = bytes;
  while (rest.subarray(0, CONTINUE.length).toString("latin1") === CONTINUE) {
    const end = rest.indexOf("\r\n\r\n");
    if (end === -1) break;
    rest = rest.subarray(end + 4);
  }
  return rest;
}

/** Whether these bytes are, or may become, an interim answer whose end has not come. */
function mayBeContinue(bytes: Buffer): boolean {
  const start = bytes.subarray(0, CONTINUE.length).toString("latin1");
  return start.length < CONTINUE.length ? CONTINUE.startsWith(start) : start === CONTINUE;
}
