import { headerValue } from "../../model/exchange.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import { badRequest, ScimFailure } from "../errors.ts";
import type { Variation } from "../variation.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { inFront } from "./in-front.ts";
import { filterIn } from "./misread.ts";
import { changed, itemsIn, sending, showing } from "./sent.ts";
import { type Call, createUser, listUsers, spoiling } from "./spoil.ts";

/** Creates of users whose bodies are like this are refused in another way. */
const refusing = (isMeant: (call: Call) => boolean, failure: () => ScimFailure): Variation["make"] =>
  spoiling(createUser, (call, proceed) => {
    if (isMeant(call)) throw failure();
    return proceed();
  });

/** The errors about syntax are written in another way. */
const writingSyntaxErrors = (
  changes: (failure: ScimFailure) => Readonly<Record<string, Json | undefined>>,
): Variation["make"] => {
  return ({ operations }) => ({
    replace: {
      renderError: (failure) => {
        const error = operations.renderError(failure);
        return failure.scimType === "invalidSyntax" ? changed(error, changes(failure)) : error;
      },
    },
  });
};

const notUnderstood = () => new ScimFailure(422, "The entity cannot be processed.");

const isParsable = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const urnsIn = ({ schemas }: JsonObject): readonly Json[] => itemsIn(schemas);

/** What servers do wrong when they refuse, and what they take that they should refuse. */
export const rfcErrors: readonly Defect[] = [
  {
    name: "syntax-errors-without-urn",
    title: "Errors of the parser are JSON with the right members, and do not say that they are SCIM errors.",
    layer: "app",
    target: ["RFC7644-3.12-01.schema"],
    also: because("Okta's claim about errors looks at the same body", "OKTA-ERR-01.bad-request"),
    make: writingSyntaxErrors(() => ({ schemas: undefined })),
  },
  {
    name: "syntax-errors-with-word-as-status",
    title: "Errors of the parser have a word in status, and the number in the status line alone.",
    layer: "app",
    target: ["RFC7644-3.12-01.status"],
    also: because("Okta's claim about errors looks at the same body", "OKTA-ERR-01.bad-request"),
    make: writingSyntaxErrors(() => ({ status: "fail" })),
  },
  {
    name: "syntax-errors-with-numeric-status",
    title: "Errors of the parser have a number in status, where the RFC has a text.",
    layer: "app",
    target: ["RFC7644-3.12-01.status-text"],
    also: [],
    make: writingSyntaxErrors(({ status }) => ({ status })),
  },
  {
    name: "broken-json-answered-422",
    title: "A body that is not JSON is answered 422.",
    layer: "app",
    target: ["RFC7644-3.12-03.unparsable"],
    also: [],
    make: refusing(({ request }) => request.body !== "" && !isParsable(request.body), notUnderstood),
  },
  {
    name: "create-without-body-answered-415",
    title: "A create without a body is answered 415.",
    layer: "app",
    target: ["RFC7644-3.12-03.empty-body"],
    also: [],
    make: refusing(
      ({ request }) => request.body === "",
      () => new ScimFailure(415, "There is no body of a type that is known here."),
    ),
  },
  {
    name: "array-answered-422",
    title: "A create whose body is an array is answered 422.",
    layer: "app",
    target: ["RFC7644-3.12-03.no-resource"],
    also: [],
    make: refusing(
      ({ request }) => isParsable(request.body) && Array.isArray(JSON.parse(request.body)),
      notUnderstood,
    ),
  },
  {
    name: "name-as-text-dropped",
    title: "A name that is a text is thrown away, and the user created without a name.",
    layer: "app",
    target: ["RFC7644-3.12-03.wrong-type"],
    also: [],
    make: spoiling(createUser, ({ request, body }, proceed) =>
      typeof body.name === "string"
        ? proceed(sending(request, changed(body, { name: undefined })))
        : proceed(),
    ),
  },
  {
    name: "half-a-filter-ends-in-500",
    title: "A filter of one word makes the parser read past its end, which is answered 500.",
    layer: "app",
    target: ["RFC7644-3.12-05.no-server-errors"],
    also: [],
    make: spoiling(listUsers, ({ request }, proceed) => {
      if (/^\w+$/.test(filterIn(request))) throw new ScimFailure(500, "Something went wrong.");
      return proceed();
    }),
  },
  {
    name: "parser-shows-its-trace",
    title: "The refusal of a body that is not JSON shows where in the program the parser gave up.",
    layer: "app",
    target: ["RFC7644-3.12-05.no-internals"],
    also: because("Okta shows the same text to administrators", "OKTA-ERR-03.no-internals"),
    make: refusing(
      ({ request }) => request.body !== "" && !isParsable(request.body),
      () =>
        badRequest(
          "invalidSyntax",
          "SyntaxError: Unexpected end of JSON input\n    at JSON.parse (<anonymous>)\n    at readBody (/srv/app/dist/body.js:41:17)",
        ),
    ),
  },
  {
    name: "unknown-urn-echoed",
    title: "schemas of a new user is what the client sent, with the URN that nobody knows.",
    layer: "app",
    target: ["RFC7643-3-01.unknown-urn"],
    also: [],
    make: spoiling(createUser, ({ body }, proceed) =>
      urnsIn(body).some((urn) => String(urn).startsWith("urn:example:"))
        ? showing(proceed(), { schemas: urnsIn(body) })
        : proceed(),
    ),
  },
  {
    name: "repeated-urn-echoed",
    title: "A URN that a create has twice in schemas is shown twice.",
    layer: "app",
    target: ["RFC7643-3-01.repeated-urn"],
    also: [],
    make: spoiling(createUser, ({ body }, proceed) =>
      new Set(urnsIn(body)).size < urnsIn(body).length
        ? showing(proceed(), { schemas: urnsIn(body) })
        : proceed(),
    ),
  },
  {
    name: "conflict-repeats-body",
    title: "The refusal of a taken user name quotes the whole body, with its password.",
    layer: "app",
    target: ["RFC7643-9.2-01.password"],
    also: [],
    make: spoiling(createUser, ({ request }, proceed) => {
      try {
        return proceed();
      } catch (failure) {
        if (!(failure instanceof ScimFailure) || failure.status !== 409) throw failure;
        throw new ScimFailure(409, `Cannot create ${request.body}`, "uniqueness");
      }
    }),
  },
  {
    name: "refusal-repeats-token",
    title: "The refusal of a credential quotes it.",
    layer: "app",
    target: ["RFC7643-9.2-01.token"],
    also: [],
    make: inFront((request, passOn) => {
      const reply = passOn();
      const given = headerValue(request.headers, "authorization");
      if (reply.status !== 401 || given === undefined) return reply;
      const error = JSON.parse(reply.body) as JsonObject;
      return { ...reply, body: JSON.stringify({ ...error, detail: `${given} is not valid here.` }) };
    }),
  },
];
