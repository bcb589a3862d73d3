const NO_BULK = "the reference server does not offer bulk operations, which Okta never sends";

/**
 * Claims that no sound server and no quirk of the self-test can show to hold, each with the reason. Any other claim
 * has to pass on at least one of them.
 */
export const NEVER_SHOWN: ReadonlyMap<string, string> = new Map([
  ["RFC7644-3.12-04.patch", "it is about servers without PATCH, and Okta needs it of every sound one"],
  [
    "RFC7643-6-02.demanded",
    "no extension of the reference server is required: Okta's bodies would be refused",
  ],
  ["RFC7644-3.7-01.response", NO_BULK],
  ["RFC7644-3.7-01.result", NO_BULK],
]);
