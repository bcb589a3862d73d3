import type { Json, JsonObject } from "../model/json.ts";
import type { Observable, ObservableOf, ResourceName } from "../model/observable.ts";

/** What scenarios need beside the parameters of a fact and YAML cannot reckon. */
export function derived(observable: Observable): JsonObject {
  switch (observable.kind) {
    case "limit":
      return {
        ...ofLimit(observable.subject, observable.value),
        ...(observable.subject === "requests-per-minute" ? rushOf(observable) : {}),
      };
    case "limit-reached":
      return ofLimit(observable.subject, observable.value);
    case "limit-counts":
    case "page-default":
      return { over: observable.value + 1 };
    case "filter":
      return uniqueNames(observable.resource, observable.attribute);
    case "filter-case":
      return {
        finds: observable.case === "ignored",
        ...uniqueNames(observable.resource, observable.attribute),
      };
    case "filter-joined":
      return {
        firstUnique: uniqueKind(observable.resource, observable.first),
        secondUnique: uniqueKind(observable.resource, observable.second),
      };
    case "chosen-attribute":
      return { other: observable.attribute === "externalId" ? "displayName" : "externalId" };
    case "unique":
      return {
        inAnotherCase:
          observable.case === undefined
            ? ["taken", "refused"]
            : observable.case === "ignored"
              ? observable.answer
              : "taken",
        ...uniqueNames(observable.resource, observable.attribute),
      };
    case "open":
      // Between the two meanings of a megabyte: it may be refused, and may be taken.
      return observable.of === "body-between-the-megabytes" ? { padding: " ".repeat(1_020_000) } : {};
    case "patch":
      return {
        spelled: observable.spelled ?? observable.op,
        off: observable.text === true ? "false" : false,
        ...uniqueNames(observable.resource, observable.attribute),
      };
    case "deactivated":
      return {
        operation:
          observable.form === "path"
            ? { op: "replace", path: "active", value: false }
            : { op: "replace", value: { active: false } },
      };
    case "never-changed":
      return {
        answered: observable.or === undefined ? "taken" : ["taken", "refused"],
        ...uniqueNames(observable.resource, observable.attribute),
      };
    case "address":
      return { below: observable.path.replace(/^\//, "") };
    case "write-lock":
      return { code: observable.detail ?? "" };
    case "error-shows":
      return { type: observable.as ?? "", wanted: observable.value ?? "" };
    case "longest":
      return {
        // The unique name in front of it has fewer than 60 characters.
        fitting: "x".repeat(Math.max(0, observable.value - 60)),
        over: "x".repeat(observable.value),
        ...uniqueNames(observable.resource, observable.attribute),
      };
    case "required": {
      // A part of a list is left out of its first value.
      const [name, part] = observable.attribute.split(".");
      const isListed = name === "emails" && part !== undefined;
      return { missing: isListed ? `${name}[0].${part}` : observable.attribute };
    }
    case "sorted":
    case "never-found-by":
    case "left-out":
      return uniqueNames(observable.resource, observable.attribute);
    case "discovery":
      return { withoutToken: observable.token ? 401 : 200 };
    default:
      return {};
  }
}

/** How many requests leave no doubt: reads and creates travel at once, changes one after the other. */
function rushOf({ value, burst = value, pool = "all", beyond = 429 }: ObservableOf<"limit">): JsonObject {
  const atOnce = typeof pool === "string" || pool.methods.some((one) => one === "GET" || one === "POST");
  // The next requests are to find the bucket as full as these did.
  const recovery = Math.ceil((burst / (value / 60)) * 1_000);
  return {
    burst,
    beyond,
    recovery,
    pool: pool as Json,
    rush: Math.ceil(burst * (atOnce && pool !== "writes" ? 2 : 2.25)),
  };
}

function ofLimit(subject: string, value: number): JsonObject {
  const over = value + 1;
  switch (subject) {
    case "operations-per-patch":
      return { over, operationsOver: renames(over), operationsFull: renames(value) };
    case "body-bytes":
      // White space behind a body is part of it and means nothing.
      return { over, padding: " ".repeat(value), fitting: " ".repeat(Math.floor(value * 0.9)) };
    case "page-size":
      return { over, ask: value * 5 };
    case "requests-per-second":
      return { over, burst: value * 6 };
    case "filter-terms":
      // However the words between comparisons are counted, one filter is above the limit, and the other is not.
      return { over, filterOver: comparisons(over), filterFitting: comparisons(Math.ceil(value / 2)) };
    default:
      return { over };
  }
}

const comparisons = (number: number): string =>
  Array.from({ length: number }, () => 'userName eq "a"').join(" or ");

function renames(number: number): Json {
  return Array.from({ length: number }, (_, index) => ({
    op: "replace",
    path: "externalId",
    value: `scim-check-${index + 1}`,
  }));
}

/** The kind of unique name (`${unique.…}`) that scenarios give to an attribute. */
const uniqueNames = (resource: ResourceName, attribute: string): JsonObject => ({
  unique: uniqueKind(resource, attribute),
});

function uniqueKind(resource: ResourceName, attribute: string): string {
  const kind = UNIQUE_KIND_OF[attribute] ?? "displayName";
  return resource === "Groups" && kind === "displayName" ? "groupName" : kind;
}

const UNIQUE_KIND_OF: Readonly<Record<string, string>> = {
  userName: "userName",
  externalId: "externalId",
  emails: "email",
  "emails.value": "email",
  displayName: "displayName",
  "name.familyName": "familyName",
  "name.givenName": "givenName",
  "name.formatted": "displayName",
};
