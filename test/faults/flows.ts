import type { OktaApp } from "../../src/model/behaviour.ts";

/** One of Okta's flows, as a short scenario, and the requests in it that a fault strikes. */
export interface Flow {
  readonly name: string;
  /** The built-in scenario that plays it. */
  readonly scenario: string;
  /** A scenario that is played beside it and meets no fault. */
  readonly other: string;
  readonly app?: OktaApp;
  readonly method: "GET" | "POST" | "PUT" | "PATCH";
  /** The target below the base path. */
  readonly target: RegExp;
  /**
   * `loosely`: what is struck is judged by few claims (a burst asks only whether each request was answered, once), so
   * that a fault may go unseen there. It is never blamed for more than the table says.
   */
  readonly judges: "each answer" | "loosely";
  /** Members of the large group; few where the flow is another one. */
  readonly largeGroup?: number;
}

export const FLOWS: readonly Flow[] = [
  {
    name: "test credentials",
    scenario: "okta/credentials/connection-test",
    other: "okta/users/read",
    // The credential test itself is what tells a dead server from a faulty one; the fault strikes the test of groups.
    method: "GET",
    target: /^\/Groups\?startIndex/,
    judges: "each answer",
  },
  {
    name: "look-up",
    scenario: "okta/look-up/hit",
    other: "okta/users/read",
    method: "GET",
    target: /^\/Users\?(filter|count=100&filter)/,
    judges: "each answer",
  },
  {
    name: "create",
    scenario: "okta/users/create",
    other: "okta/groups/create-empty",
    method: "POST",
    target: /^\/Users$/,
    judges: "each answer",
  },
  {
    name: "update",
    scenario: "okta/users/update",
    other: "okta/users/read",
    method: "PUT",
    target: /^\/Users\//,
    judges: "each answer",
  },
  {
    name: "deactivate",
    scenario: "okta/users/deactivate-oin",
    other: "okta/users/read",
    app: "oin",
    method: "PATCH",
    target: /^\/Users\//,
    judges: "each answer",
  },
  {
    name: "import",
    scenario: "okta/import/groups",
    other: "okta/users/read",
    method: "GET",
    target: /^\/Groups\?startIndex/,
    judges: "each answer",
  },
  {
    name: "group push",
    scenario: "okta/groups/push-oin",
    other: "okta/users/read",
    app: "oin",
    method: "PATCH",
    target: /^\/Groups\//,
    judges: "each answer",
  },
  {
    name: "large group",
    scenario: "okta/large-groups/hundreds",
    other: "okta/users/read",
    app: "oin",
    method: "PATCH",
    target: /^\/Groups\//,
    judges: "loosely",
    largeGroup: 100,
  },
  {
    name: "burst",
    scenario: "okta/rate-limit/burst",
    other: "okta/users/read",
    method: "GET",
    target: /^\/Users\?filter/,
    judges: "loosely",
  },
];

/** Whether a fault in this flow strikes a request. */
export function strikes(flow: Flow, method: string, target: string): boolean {
  return method === flow.method && flow.target.test(target.slice("/scim/v2".length));
}
