import { errorBody, ScimFailure } from "../errors.ts";

/**
 * The whole reply, as it goes on the wire, to what could not even be read as a request; a client that expects JSON gets
 * JSON.
 * @param code Node's word for what was wrong
 */
export function replyToNoRequest(code: string | undefined): string {
  const failure = failureOf(code);
  const body = JSON.stringify(errorBody(failure));
  return [
    `HTTP/1.1 ${failure.status} ${REASON[failure.status] ?? "Bad Request"}`,
    "Content-Type: application/scim+json;charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}

const REASON: Readonly<Record<number, string>> = {
  408: "Request Timeout",
  413: "Content Too Large",
  431: "Request Header Fields Too Large",
};

function failureOf(code: string | undefined): ScimFailure {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new ScimFailure(408, "The request did not come in time.");
    case "HPE_HEADER_OVERFLOW":
      return new ScimFailure(431, "The header fields are too long.");
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return new ScimFailure(413, "The chunk extensions are too long.");
    default:
      return new ScimFailure(400, "This is no HTTP request.", "invalidSyntax");
  }
}
