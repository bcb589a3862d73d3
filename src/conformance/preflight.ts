import { CREDENTIAL_REMEDY, SILENCE_REMEDY } from "../engine/silence-remedy.ts";
import { plural } from "../model/count.ts";
import type { Answer, Exchange, Request } from "../model/exchange.ts";
import { headerValue, isWebPage } from "../model/exchange.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import { jsonBody } from "../model/json-body.ts";
import type { Stopped } from "../model/report.ts";

/** What the first request of a run told: either that going on makes sense, or why it does not. */
export type Preflight =
  | { readonly kind: "ready"; readonly usersBefore?: number }
  | { readonly kind: "stopped"; readonly stopped: Stopped };

/** Okta's own first request, the credential test. */
export const CREDENTIAL_TEST: Pick<Request, "method" | "path"> = {
  method: "GET",
  path: "/Users?startIndex=1&count=2",
};

/** Tells from the first answer whether this is a SCIM server that lets us in, in an administrator's words. */
export function diagnose(exchange: Exchange): Preflight {
  const { outcome } = exchange;
  const stop = (cause: string, why: string, remedy: string): Preflight => ({
    kind: "stopped",
    stopped: { cause, why, remedy, exchange },
  });
  if (outcome.kind === "silence") {
    return stop(outcome.reason, outcome.detail, outcome.remedy ?? SILENCE_REMEDY[outcome.reason]);
  }
  const html = looksLikeHtml(outcome);
  if (outcome.status === 401 || (outcome.status === 403 && !html)) {
    return stop(
      "unauthorised",
      `the credential test was answered ${outcome.status}: the server does not accept this credential`,
      CREDENTIAL_REMEDY,
    );
  }
  if (outcome.status === 407 || (outcome.status >= 502 && outcome.status <= 504 && !isScimError(outcome))) {
    return stop(
      "proxy",
      `something between here and the server answered ${outcome.status}`,
      "Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY, and whether the gateway in front of the server can reach it.",
    );
  }
  if (html) {
    return stop(
      "html",
      `the credential test was answered ${outcome.status} with a web page instead of JSON`,
      outcome.status >= 500
        ? "This is how frameworks tell that the server failed: its own log says of what. Okta sends this very request, with its startIndex and count."
        : "A sign-in page or a firewall stands in front of the endpoint, or the base URL is not that of the SCIM service (it often ends in /scim/v2).",
    );
  }
  const elsewhere = redirectedTo(outcome, exchange.url);
  if (elsewhere !== undefined) {
    return stop(
      "redirect",
      `the credential test was answered ${outcome.status}, which sends it to ${elsewhere}; redirects are not followed, and the token went nowhere else`,
      "If the SCIM service lives there, give that address as the base URL. If it is a sign-in page, let requests with a token past it.",
    );
  }
  if (outcome.status === 429) {
    return stop(
      "throttled",
      "the server kept answering 429 to the credential test, however long we waited",
      "Wait until the server's quota allows requests again, or ask for a larger one.",
    );
  }
  const usersBefore = usersIn(jsonBody(outcome));
  return usersBefore === undefined ? { kind: "ready" } : { kind: "ready", usersBefore };
}

/**
 * Where a redirect leads when that is another origin, so that this one is not the service. A redirect within the
 * origin is an answer like any other, and judged.
 */
function redirectedTo(answer: Answer, from: string): string | undefined {
  const location = headerValue(answer.headers, "Location");
  if (answer.status < 300 || answer.status > 399 || location === undefined) return undefined;
  if (!URL.canParse(location, from)) return undefined;
  const to = new URL(location, from);
  if (to.origin === new URL(from).origin) return undefined;
  return to.origin === "null" ? `a ${to.protocol} address` : to.origin;
}

/** A server that leaves out a total of zero, or writes it as a text, has to be told so: in an empty directory. */
function usersIn(body: Json | undefined): number | undefined {
  if (!isJsonObject(body)) return undefined;
  const { totalResults: total, Resources: shown } = body;
  if (typeof total === "number") return total;
  if (total === "0") return 0;
  return total === undefined && Array.isArray(shown) && shown.length === 0 ? 0 : undefined;
}

/** Why a scenario for an empty directory is not played against this one. */
export function emptyTenantNeeded(usersBefore: number | undefined): string {
  return usersBefore === undefined
    ? "it needs an empty directory, and the server did not say how many users it has"
    : `it needs an empty directory, and this one has ${plural(usersBefore, "user")}`;
}

function looksLikeHtml(answer: Answer): boolean {
  return isWebPage(answer.headers)
    ? jsonBody(answer) === undefined
    : /^\s*<(!doctype|html)/i.test(answer.body);
}

const isScimError = (answer: Answer) => isJsonObject(jsonBody(answer));
