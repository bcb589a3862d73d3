import type { Headers } from "../../model/exchange.ts";
import { errorBody, ScimFailure } from "../errors.ts";
import type { Handle, ServerRequest, ServerResponse } from "../message.ts";
import type { VariationTools } from "../variation.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";

/** Look-ups and creates of users that may arrive in the same millisecond: more than ordinary plays ever send. */
const AT_ONCE = 9;
const RETRY_AFTER_SECONDS = 2;
const PENALTY_MS = 5_000;

/** Answers what is too much; `proceed` carries the request out all the same. */
type Refuse = (request: ServerRequest, proceed: () => ServerResponse) => ServerResponse;

/** A server that refuses look-ups and creates of users, in a way of its own, when too many come at once. */
function refusing(start: (tools: VariationTools) => Refuse): Defect["make"] {
  return (tools) => {
    const refuse = start(tools);
    let at = 0;
    let admitted = 0;
    const isCounted = ({ method, target }: ServerRequest) =>
      (method === "POST" && target.endsWith("/Users")) ||
      (method === "GET" && target.includes("/Users?filter="));
    return {
      wrap: (handle: Handle) => (request) => {
        if (!isCounted(request)) return handle(request);
        const now = tools.clock.now();
        if (now !== at) admitted = 0;
        at = now;
        admitted += 1;
        return admitted <= AT_ONCE ? handle(request) : refuse(request, () => handle(request));
      },
    };
  };
}

function refusal(status: number, headers: Headers): ServerResponse {
  const body = errorBody(new ScimFailure(status, "Too many requests at once."));
  return {
    status,
    headers: [["Content-Type", "application/scim+json"], ...headers],
    body: JSON.stringify(body),
  };
}

const soon: Headers = [["Retry-After", String(RETRY_AFTER_SECONDS)]];

/** What servers do wrong when more comes than they can take. */
export const rateLimit: readonly Defect[] = [
  {
    name: "overload-answers-403",
    title: "A firewall answers 403 to what is too much.",
    layer: "app",
    target: ["OKTA-RATE-01.status"],
    also: [],
    make: refusing(() => () => refusal(403, [])),
  },
  {
    name: "overload-answers-503",
    title: "The gateway answers 503 with Retry-After to what is too much.",
    layer: "app",
    target: ["OKTA-RATE-01.status"],
    also: [...because("A 503 is neither the usual answer nor a 429.", "OKTA-RATE-05.answered-or-429")],
    make: refusing(() => () => refusal(503, soon)),
  },
  {
    name: "too-many-requests-as-html",
    title: "The limiter of the gateway answers 429 with an HTML page.",
    layer: "app",
    target: ["OKTA-RATE-01.scim-error"],
    also: [...because("An HTML page is no answer to a SCIM client.", "OKTA-RATE-05.answered-or-429")],
    make: refusing(() => () => ({
      status: 429,
      headers: [["Content-Type", "text/html"], ...soon],
      body: "<html><body>Too many requests</body></html>",
    })),
  },
  {
    name: "too-many-requests-without-retry-after",
    title: "A 429 does not say when to come again.",
    layer: "app",
    target: ["OKTA-RATE-02.given"],
    also: [],
    make: refusing(() => () => refusal(429, [])),
  },
  {
    name: "retry-after-as-date",
    title: "Retry-After is an HTTP date.",
    layer: "app",
    source: "https://github.com/okta/okta-developer-docs/pull/6043",
    target: ["OKTA-RATE-03.whole-seconds"],
    also: [],
    make: refusing(
      ({ clock }) =>
        () =>
          refusal(429, [["Retry-After", new Date(clock.now() + 2_000).toUTCString()]]),
    ),
  },
  {
    name: "retry-after-as-fraction",
    title: "Retry-After is a fraction of a second.",
    layer: "app",
    source: "https://github.com/okta/okta-developer-docs/pull/6043",
    target: ["OKTA-RATE-03.whole-seconds"],
    also: [],
    make: refusing(() => () => refusal(429, [["Retry-After", "0.25"]])),
  },
  {
    name: "retry-after-is-a-lie",
    title: "Retry-After says 2 seconds, and for 5 seconds after a burst everything is refused.",
    layer: "app",
    target: ["OKTA-RATE-02.honest"],
    also: [],
    make: (tools) => {
      let until = 0;
      const { wrap } = refusing(() => () => {
        until = tools.clock.now() + PENALTY_MS;
        return refusal(429, soon);
      })(tools);
      return {
        wrap: (handle: Handle) => {
          const limited = wrap?.(handle) ?? handle;
          return (request) => {
            const now = tools.clock.now();
            const isLater = until > now && now > until - PENALTY_MS;
            return isLater ? refusal(429, soon) : limited(request);
          };
        },
      };
    },
  },
  {
    name: "refused-create-carried-out",
    title: "A create that is answered 429 was carried out before the limiter counted it.",
    layer: "app",
    target: ["OKTA-RATE-06.no-effect"],
    also: [
      ...because(
        "The retry meets the account that the refused create has made.",
        "OKTA-RATE-06.retry-created",
      ),
    ],
    make: refusing(() => (_request, proceed) => {
      proceed();
      return refusal(429, soon);
    }),
  },
  {
    name: "retry-of-refused-create-conflicts",
    title: "A create that is answered 429 has reserved the userName, and the retry ends in a conflict.",
    layer: "app",
    target: ["OKTA-RATE-06.retry-created"],
    also: [],
    make: (tools) => {
      const reserved = new Set<string>();
      const { wrap } = refusing(() => ({ body }) => {
        if (body !== "") reserved.add(body);
        return refusal(429, soon);
      })(tools);
      return {
        wrap: (handle: Handle) => {
          const limited = wrap?.(handle) ?? handle;
          return (request) => (reserved.has(request.body) ? refusal(409, []) : limited(request));
        },
      };
    },
  },
  {
    name: "retry-of-refused-create-doubles",
    title: "The retry of a create that was answered 429 makes two people: the queued one and the new one.",
    layer: "app",
    target: ["OKTA-RATE-06.retry-created"],
    also: [],
    make: (tools) => {
      const queued = new Set<string>();
      const refused = refusing(() => ({ body }) => {
        if (body !== "") queued.add(body);
        return refusal(429, soon);
      })(tools);
      return {
        ...refused,
        replace: {
          create: (context, type, request) => {
            const reply = tools.operations.create(context, type, request);
            const made = context.store.get(type, String(reply.body?.id));
            if (queued.delete(request.body) && made !== undefined)
              context.store.insert(type, made.attributes);
            return reply;
          },
        },
      };
    },
  },
];
