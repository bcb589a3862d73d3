import type { Flow, Level, OktaApp, OktaApps } from "../model/behaviour.ts";
import type { Standard } from "../model/citation.ts";
import type { SilenceReason } from "../model/exchange.ts";
import type { ExitCode, Fitness } from "../model/report.ts";
import type { SkipReason, Verdict } from "../model/verdict.ts";

export { countText, plural } from "../model/count.ts";

/** The four answers as a reader sees them, in every format. */
export const VERDICT_WORDS: Readonly<Record<Verdict["kind"], string>> = {
  pass: "pass",
  fail: "fail",
  unknown: "could not tell",
  skip: "not asked",
};

export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  must: "must",
  should: "should",
  field: "field",
  may: "may",
};

/** What a level means, for `explain` and `list`. */
export const LEVEL_MEANINGS: Readonly<Record<Level, string>> = {
  must: "required by Okta's documents or published tests, or a documented flow stops without it",
  should: "recommended, or relied upon by several independent integrators",
  field: "seen in public captures or issues only: advice, never a failure",
  may: "worth recording, never a failure",
};

export const FLOW_TITLES: Readonly<Record<Flow, string>> = {
  "test-credentials": "Testing the API credentials",
  transport: "Transport and headers",
  "look-up": "Looking a person up",
  create: "Creating a person",
  link: "Linking an existing person",
  read: "Reading one person",
  update: "Updating a profile",
  deactivate: "Deactivating and reactivating",
  import: "Importing people and groups",
  "group-push": "Pushing a group",
  "large-group": "Pushing a large group",
  "group-splitting": "Splitting a group over several pushes",
  "rate-limit": "Rate limits",
  authentication: "Authentication",
  errors: "Error answers",
  robustness: "Robustness",
  entitlements: "Entitlements",
  discovery: "Discovery",
  reading: "Reading and listing",
  filtering: "Filtering and sorting",
  changing: "Creating, replacing and patching",
  administration: "Administration of the product",
  "optional-parts": "Optional parts of the protocol",
};

export const APP_NAMES: Readonly<Record<OktaApp, string>> = {
  aiw: "custom app (AIW)",
  oin: "catalogue app (OIN)",
};

/** The kinds of app as a phrase. */
export function appsText(apps: OktaApps | readonly OktaApp[]): string {
  const list = typeof apps === "string" ? expandApps(apps) : apps;
  return list.length === 2 ? "both kinds of app" : list.map((app) => APP_NAMES[app]).join(", ");
}

export function expandApps(apps: OktaApps): readonly OktaApp[] {
  return apps === "both" ? ["aiw", "oin"] : [apps];
}

export const FITNESS_WORDS: Readonly<Record<Fitness["fit"], string>> = {
  yes: "fit for Okta",
  no: "not fit for Okta",
  unknown: "could not tell whether it is fit for Okta",
};

export const STANDARD_NAMES: Readonly<Record<Standard, string>> = {
  okta: "Okta",
  rfc: "IETF",
  target: "the product's own documentation",
};

export const SKIP_WORDS: Readonly<Record<SkipReason, string>> = {
  "not-chosen": "not chosen",
  blocked: "blocked",
  "not-offered": "not offered",
};

/** What each exit code says, for `--help` and for the last line of a report. */
export const EXIT_SENTENCES: Readonly<Record<ExitCode, string>> = {
  0: "the requirements are met",
  1: "a requirement is broken",
  2: "nothing was sent",
  3: "could not tell",
  4: "a bug in scim-check",
  130: "interrupted",
};

export const SILENCE_WORDS: Readonly<Record<SilenceReason, string>> = {
  refused: "the connection was refused",
  unresolved: "the host name could not be resolved",
  tls: "the TLS handshake failed",
  "timed-out": "no answer came in time",
  reset: "the connection was cut off",
  malformed: "the answer was not valid HTTP",
  "too-large": "the answer was too large to take in",
  aborted: "the request was given up",
  "no-token": "no access token could be had",
};

export const CLEANUP_HINT = "scim-check cleanup";

/** A span of time for people: `40 ms`, `3.2 s`, `2 min 5 s`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** The text with a capital letter at its start. */
export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
