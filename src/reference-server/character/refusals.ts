import type { RefusedCase } from "../../model/documented-cases.ts";
import { headerValue } from "../../model/exchange.ts";
import { jsonIn } from "../../model/json.ts";
import type { Answers, ObservableOf, WritingMethod } from "../../model/observable.ts";
import { jsonOf, operationsIn } from "../defects/sent.ts";
import { refusalReply, ScimFailure } from "../errors.ts";
import type { ServerRequest, ServerResponse } from "../message.ts";
import { type Make, together } from "../quirks/make.ts";
import { userType } from "../schemas.ts";
import { firstOf, type Playing } from "./kind.ts";
import { knowingTheMethod } from "./method-under-way.ts";
import { refusing } from "./refusing.ts";

/** Whether a request, which the sound server refused, is a case that a fact is about. */
type About = (request: ServerRequest, collection: string, id: string | undefined) => boolean;

const on =
  (
    method: string,
    collection: string,
    withId: boolean,
    also: (request: ServerRequest) => boolean = () => true,
  ): About =>
  (request, asked, id) =>
    request.method === method && asked === collection && (id !== undefined) === withId && also(request);

const isBroken = ({ body }: ServerRequest) => jsonIn(body) === undefined;
const isJson = (request: ServerRequest) => !isBroken(request);
const KNOWN = ["add", "remove", "replace"];
const hasUnknownOp = ({ body }: ServerRequest) =>
  operationsIn(jsonOf({ body })).some(({ op }) => !KNOWN.includes(String(op).toLowerCase()));
const hasMembers = ({ body }: ServerRequest) => body.includes('"members"') || body.includes("members");

/** Cases that the sound server refuses too. */
const CASES: Readonly<Partial<Record<RefusedCase, About>>> = {
  "unknown-user": on("GET", "Users", true),
  "unknown-group": on("GET", "Groups", true),
  "unknown-user-replaced": on("PUT", "Users", true, isJson),
  "unknown-user-patched": on("PATCH", "Users", true, (request) => isJson(request) && !hasUnknownOp(request)),
  "unknown-group-replaced": on("PUT", "Groups", true, (request) => isJson(request) && !hasMembers(request)),
  "unknown-group-patched": on(
    "PATCH",
    "Groups",
    true,
    (request) => isJson(request) && !hasMembers(request) && !hasUnknownOp(request),
  ),
  "unknown-member-created": on("POST", "Groups", false, hasMembers),
  "unknown-member-replaced": on("PUT", "Groups", true, hasMembers),
  "unknown-member-added": on("PATCH", "Groups", true, hasMembers),
  "unknown-resource-type": on("GET", "ResourceTypes", true),
  "broken-json-user": on("POST", "Users", false, isBroken),
  "broken-json-user-replaced": on("PUT", "Users", true, isBroken),
  "broken-json-user-patched": on("PATCH", "Users", true, isBroken),
  "broken-json-group": on("POST", "Groups", false, isBroken),
  "unknown-operation-user": on("PATCH", "Users", true, hasUnknownOp),
  "unknown-operation-group": on("PATCH", "Groups", true, hasUnknownOp),
};

/** The status with which the sound server refuses a case, which the documented one takes the place of. */
const soundStatus = (of: RefusedCase) =>
  of.startsWith("broken-json-") || of.startsWith("unknown-operation-") ? 400 : 404;

/** What is refused with another status than the sound server's. */
export const refused: Playing<"refused"> = (facts) =>
  together(
    ...facts.map((fact): Make => {
      const { of, answer } = fact;
      const status = fact.contrary === true ? otherThan(answer) : firstOf(answer);
      const taken = refusing(of, fact.contrary === true ? undefined : status);
      if (taken !== undefined) return taken;
      if (of === "no-user-agent") return withoutUserAgent(fact, status);
      if (of.startsWith("unknown-member-")) return unknownMembers(fact, status);
      if (of === "path-in-another-case") return fact.contrary === true ? anyCase : () => ({});
      return () => ({
        wrap: (handle) => (request) => {
          const reply = handle(request);
          const [collection = "", id] = segmentsOf(request.target);
          if (reply.status !== soundStatus(of) || CASES[of]?.(request, collection, id) !== true) {
            return reply;
          }
          return refusalWith(status, reply);
        },
      });
    }),
  );

const otherThan = (answer: Answers) =>
  answer.includes("refused") ? 501 : ([422, 409, 403].find((status) => !answer.includes(status)) ?? 418);

function segmentsOf(target: string): readonly string[] {
  const [path = ""] = target.split("?");
  const at = path.search(/\/(Users|Groups|ResourceTypes)\b/);
  return at === -1 ? [] : path.slice(at + 1).split("/");
}

function refusalWith(status: number, reply: ServerResponse): ServerResponse {
  if (status === reply.status) return reply;
  return refusalReply(new ScimFailure(status, "This is refused, as it is documented."));
}

const METHOD_OF: Readonly<Partial<Record<RefusedCase, WritingMethod>>> = {
  "unknown-member-created": "POST",
  "unknown-member-replaced": "PUT",
  "unknown-member-added": "PATCH",
};

/** Members that nobody knows, told from too many of them: looked for where members are required to be there. */
function unknownMembers({ of }: ObservableOf<"refused">, status: number): Make {
  return ({ operations }) => ({
    replace: knowingTheMethod(operations, (method) => ({
      requireMembers: (store, draft, settings) => {
        const isUnknown = [...draft.members.added].some((id) => store.get(userType, id) === undefined);
        try {
          operations.requireMembers(store, draft, settings);
        } catch (refusal) {
          if (!isUnknown || method() !== METHOD_OF[of]) throw refusal;
          throw new ScimFailure(status, "There is no such member.");
        }
      },
    })),
  });
}

function withoutUserAgent({ contrary }: ObservableOf<"refused">, status: number): Make {
  return () => ({
    wrap: (handle) => (request) =>
      contrary !== true && headerValue(request.headers, "user-agent") === undefined
        ? refusalWith(status, { status: 0, headers: [], body: "" })
        : handle(request),
  });
}

/** Addresses whose letter case does not count. */
const anyCase: Make = () => ({
  wrap: (handle) => (request) =>
    handle({
      ...request,
      target: request.target.replace(/\/users\b/i, "/Users").replace(/\/groups\b/i, "/Groups"),
    }),
});
