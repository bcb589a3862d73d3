/**
 * What a client on a socket may take: enough for any load this server is meant for, too little to bring it down. Times
 * are milliseconds.
 */
export interface SocketLimits {
  /** Open connections; one more is closed as soon as it is there. */
  readonly connections: number;
  /** After as many requests a connection is closed, and the last reply says so. */
  readonly requestsPerConnection: number;
  /** Bytes of the request line and all header fields; more are refused with 431. */
  readonly headerBytes: number;
  /** From the connection, or the end of the reply before, to the end of the header fields. */
  readonly headersMs: number;
  /** Until the whole request is there. */
  readonly requestMs: number;
  /** How long an idle connection is kept; longer than clients usually keep theirs, so that they close first. */
  readonly idleMs: number;
  /** Until a client has taken its reply. */
  readonly replyMs: number;
  /** How often the times are looked at. */
  readonly checkMs: number;
  /** Bytes of bodies that have not all come, and of replies nobody has taken yet, of all connections together. */
  readonly heldBytes: number;
}

export const SOCKET_LIMITS: SocketLimits = {
  connections: 10_000,
  requestsPerConnection: 1_000_000,
  // A filter of the greatest length, percent-encoded.
  headerBytes: 64 * 1024,
  headersMs: 10_000,
  requestMs: 60_000,
  idleMs: 65_000,
  replyMs: 60_000,
  checkMs: 1_000,
  heldBytes: 256 * 1024 * 1024,
};
