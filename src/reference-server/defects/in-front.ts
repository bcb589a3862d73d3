import { type Headers, headerValue } from "../../model/exchange.ts";
import type { Handle, ServerRequest, ServerResponse } from "../message.ts";
import type { Variation } from "../variation.ts";

/** What the sound server answers, to this request or to another one in its place. */
export type PassOn = (request?: ServerRequest) => ServerResponse;

/** Something between client and server, such as a gateway or a framework, that does one thing in its own way. */
export function inFront(
  spoil: (request: ServerRequest, passOn: PassOn) => ServerResponse,
): Variation["make"] {
  return inFrontWithMemory(() => spoil);
}

/** As `inFront`, for what remembers something: `start` is called once for each fresh server. */
export function inFrontWithMemory(
  start: () => (request: ServerRequest, passOn: PassOn) => ServerResponse,
): Variation["make"] {
  return () => {
    const spoil = start();
    return {
      wrap:
        (handle: Handle): Handle =>
        (request) =>
          spoil(request, (other = request) => handle(other)),
    };
  };
}

/** The refusals for which `isMeant` holds are written in another way. */
export function rewritingRefusals(
  isMeant: (refusal: ServerResponse, request: ServerRequest) => boolean,
  write: (refusal: ServerResponse) => ServerResponse,
): Variation["make"] {
  return inFront((request, passOn) => {
    const reply = passOn();
    return reply.status >= 400 && isMeant(reply, request) ? write(reply) : reply;
  });
}

/** The error page of a web server, which keeps the other headers of the refusal. */
export const asHtml = ({ status, headers }: ServerResponse): ServerResponse => ({
  status,
  headers: labelled(headers, "text/html; charset=utf-8"),
  body: `<!doctype html><html><head><title>${status}</title></head><body><h1>Error ${status}</h1></body></html>`,
});

/** The message of a refusal without anything around it. */
export const asPlainText = ({ status, headers, body }: ServerResponse): ServerResponse => ({
  status,
  headers: labelled(headers, "text/plain; charset=utf-8"),
  body: detailIn(body),
});

/** What many frameworks write: JSON, but no SCIM error. */
export const asFrameworkError = ({ status, headers, body }: ServerResponse): ServerResponse => ({
  status,
  headers: labelled(headers, "application/json"),
  body: JSON.stringify({ statusCode: status, message: detailIn(body) }),
});

/** The SCIM error, one level too deep. */
export const asWrapped = (refusal: ServerResponse): ServerResponse => ({
  ...refusal,
  body: JSON.stringify({ error: JSON.parse(refusal.body) }),
});

export const asEmpty = ({ status, headers }: ServerResponse): ServerResponse => ({
  status,
  headers: headers.filter(([name]) => name.toLowerCase() !== "content-type"),
  body: "",
});

/** `/Users`, whatever stands in front of it. */
export const isForUsers = ({ target }: ServerRequest): boolean => /\/Users($|\?)/.test(target);

/** `/Users/{id}`, whatever stands in front of it. */
export const isForUser = ({ target }: ServerRequest): boolean => /\/Users\/[^/?]+($|\?)/.test(target);

/** What stands behind the `?`, as it was sent. */
export const queryOf = ({ target }: ServerRequest): string => target.replace(/^[^?]*\??/s, "");

export const hasCredential = ({ headers }: ServerRequest): boolean =>
  headerValue(headers, "authorization") !== undefined;

function labelled(headers: Headers, type: string): Headers {
  return [["Content-Type", type], ...headers.filter(([name]) => name.toLowerCase() !== "content-type")];
}

const detailIn = (body: string): string => (JSON.parse(body) as { readonly detail: string }).detail;

/** The Content-Type without its parameters. */
export const labelOf = ({ headers }: Pick<ServerRequest, "headers">): string | undefined =>
  headerValue(headers, "content-type")?.split(";")[0]?.trim();
