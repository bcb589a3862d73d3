import type { Headers } from "../model/exchange.ts";
import type { JsonObject } from "../model/json.ts";
import type { Parameters } from "./query.ts";

/** One HTTP request, as it came. */
export interface ServerRequest {
  readonly method: string;
  /** Path and query as they stand on the request line. */
  readonly target: string;
  readonly headers: Headers;
  /** Text; empty when there is none. */
  readonly body: string;
  /** Scheme and authority for the addresses in replies; taken from `Host` when absent. */
  readonly origin?: string;
}

/** One HTTP reply, ready to be sent. */
export interface ServerResponse {
  readonly status: number;
  readonly headers: Headers;
  /** Empty for 204 and 304. */
  readonly body: string;
}

export type Handle = (request: ServerRequest) => ServerResponse;

/** A request whose address has been taken apart. */
export interface ScimRequest {
  readonly method: string;
  /** Decoded segments below the base path. */
  readonly segments: readonly string[];
  readonly query: Parameters;
  readonly headers: Headers;
  readonly body: string;
}

/** A reply before it is written out. */
export interface Reply {
  readonly status: number;
  readonly headers?: Headers;
  readonly body?: JsonObject;
}
