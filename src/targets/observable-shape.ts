import { z } from "../decode/index.ts";
import {
  ADMIN_CASES,
  CREDENTIAL_CASES,
  HABITS,
  OPEN_QUESTIONS,
  REFUSED_CASES,
} from "../model/documented-cases.ts";
import {
  LIMIT_SUBJECTS,
  METHODS_THAT_WRITE,
  type Observable,
  RESOURCES,
  SINGLE_VALUED,
} from "../model/observable.ts";

const text = z.string().min(1);
const count = z.int().min(1);
const status = z.int().min(100).max(599);
const refusal = z.int().min(400).max(599);
/** One status, or several where the documentation permits them; a list from here on. */
const statuses = z.union([status.transform((one) => [one]), z.array(status).min(1)], {
  error: "Expected a status such as `404`, or a list of them.",
});
/** As `statuses`, or any 4xx. */
const answers = z.union(
  [
    status.transform((one) => [one]),
    z.literal("refused").transform((one) => [one]),
    z.array(z.union([status, z.literal("refused")])).min(1),
  ],
  { error: "Expected a status such as `404`, `refused` for any 4xx, or a list of them." },
);
const resource = z.enum(RESOURCES);
const beyond = z.union([refusal, z.enum(["refused", "capped", "ignored"])], {
  error: "Expected the status that refuses it, `refused`, `capped` or `ignored`.",
});

const pool = z.union(
  [
    z.enum(["all", "reads", "writes"]),
    z.strictObject({
      methods: z.array(z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"])).min(1),
      resource,
    }),
  ],
  { error: "Expected `all`, `reads`, `writes`, or `{ methods: [PATCH], resource: Users }`." },
);

const kind = <Name extends string, Fields extends z.ZodRawShape>(name: Name, fields: Fields) =>
  z.strictObject({ kind: z.literal(name), ...fields });

/** Every kind of observable, as a profile writes it. */
export const observableShape = z.discriminatedUnion("kind", [
  kind("limit", {
    subject: z.enum(LIMIT_SUBJECTS),
    value: count,
    beyond: beyond.optional(),
    resource: resource.optional(),
    method: z.enum(["POST", "PATCH"]).optional(),
    burst: count.optional(),
    pool: pool.optional(),
  }),
  kind("write-lock", { resource, answer: refusal, detail: text.optional() }),
  kind("error-shows", {
    of: z.enum(["unknown-user", "schemas-left-out"]),
    at: text,
    as: z.enum(["number", "text"]).optional(),
    value: text.optional(),
  }),
  kind("limit-reached", {
    subject: z.enum(LIMIT_SUBJECTS),
    value: count,
    resource: resource.optional(),
    method: z.enum(["POST", "PATCH"]).optional(),
  }),
  kind("limit-counts", { value: count, counts: z.enum(["resulting", "request"]) }),
  kind("page-default", { resource, value: count }),
  kind("paging", {
    resource,
    rule: z.enum([
      "start-below-one-is-one",
      "count-zero-is-totals-only",
      "count-is-the-most",
      "cursor-in-place-of-totals",
      "start-is-one-when-nobody-says",
      "start-moves-the-page",
    ]),
  }),
  kind("filter", { resource, attribute: text, operator: text }),
  kind("filter-case", { resource, attribute: text, case: z.enum(["ignored", "exact"]) }),
  kind("filter-joined", { resource, by: z.enum(["and", "or"]), first: text, second: text }),
  kind("unsupported-filter", {
    resource,
    filter: text,
    answer: z.union([refusal, z.enum(["empty", "ignored"])], {
      error: "Expected the status that refuses it, `empty` or `ignored`.",
    }),
    type: z.literal("invalidFilter").optional(),
  }),
  kind("never-found-by", { resource, attribute: text }),
  kind("excluded-attribute", { resource, attribute: text }),
  kind("chosen-attribute", { resource, attribute: text }),
  kind("sorted", { resource, attribute: text }),
  kind("longest", { resource, attribute: text, value: count }),
  kind("address", { path: text, answer: answers }),
  kind("required", {
    resource,
    method: z.enum(["POST", "PUT"]),
    attribute: text,
    when: text.optional(),
    answer: answers,
  }),
  kind("optional", { resource, method: z.enum(["POST", "PUT"]), attribute: text }),
  kind("unique", {
    resource,
    attribute: text,
    case: z.enum(["ignored", "exact"]).optional(),
    on: z.enum(METHODS_THAT_WRITE),
    holder: z.literal("inactive").optional(),
    answer: answers,
  }),
  kind("link-by-email", { answer: status }),
  kind("method", { resource, method: z.enum(["POST", "PUT", "PATCH", "DELETE"]), answer: answers }),
  kind("no-resource", { resource, answer: answers }),
  kind("left-out", { resource, attribute: text, effect: z.enum(["kept", "cleared"]) }),
  kind("patch", {
    resource,
    op: z.enum(["add", "replace", "remove"]),
    attribute: text,
    form: z.enum(["path", "object", "value", "unquoted"]),
    spelled: text.optional(),
    text: z.literal(true).optional(),
    effect: z.enum(["applied", "ignored", "refused"]),
    answer: answers,
  }),
  kind("deactivated", {
    form: z.enum(["path", "object"]),
    leaves: z.array(z.enum(["inactive", "gone"])).min(1),
    answer: answers,
  }),
  kind("delete", { resource, effect: z.enum(["gone", "inactive", "nothing"]), answer: status }),
  kind("delete-absent", { resource, answer: status }),
  kind("not-kept", { resource, attribute: text }),
  kind("single-valued", { resource: z.literal("Users"), attribute: z.enum(SINGLE_VALUED) }),
  kind("never-changed", {
    resource,
    attribute: text,
    by: z.enum(["PUT", "PATCH"]),
    or: z.literal("refused").optional(),
  }),
  kind("shown", {
    resource,
    attribute: text,
    as: z.enum(["present", "absent", "one-value", "true", "uuid", "utc-time", "of-the-server", "flattened"]),
  }),
  kind("members-shown", { in: z.enum(["list", "read"]), shown: z.boolean() }),
  kind("discovery", {
    endpoint: z.enum(["ServiceProviderConfig", "Schemas", "ResourceTypes"]),
    id: text.optional(),
    token: z.boolean(),
  }),
  kind("declared", { path: text, value: z.union([z.string(), z.number(), z.boolean()]) }),
  kind("resource-types", { names: z.array(text).min(1) }),
  kind("media-type", { direction: z.enum(["answer", "request"]), type: text }),
  kind("refused", { of: z.enum(REFUSED_CASES), answer: answers }),
  kind("credential", { of: z.enum(CREDENTIAL_CASES), answer: refusal }),
  kind("state", {
    state: z.enum(["paused", "disabled", "resumed", "enabled-again"]),
    of: z.enum(["Users", "Groups", "discovery", "missed-changes", "old-ids"]),
    answer: statuses,
  }),
  kind("token-life", {
    of: z.enum(["default", "shortest", "longest", "too-short", "too-long"]),
    days: count,
    answer: status.optional(),
  }),
  kind("admin", { of: z.enum(ADMIN_CASES), answer: statuses }),
  kind("journey", { of: z.literal("okta-administrator") }),
  kind("habit", { of: z.enum(HABITS) }),
  kind("open", { of: z.enum(OPEN_QUESTIONS) }),
]);

/** The words that `kind` may be. */
export const KINDS: readonly string[] = observableShape.options.map(({ shape }) => shape.kind.value);

/** What was read, as the model names it: the two say the same, and the compiler holds them to it. */
export function observableOf(read: z.infer<typeof observableShape>): Observable {
  const given = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
  return given as unknown as Observable;
}
