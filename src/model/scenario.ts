import type { Flow, OktaApps } from "./behaviour.ts";
import type { CredentialUse } from "./exchange.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Place } from "./problem.ts";

/**
 * What a scenario needs besides a reachable server. Where it is missing the scenario is skipped, saying so.
 * - `empty-tenant`: no users at all when the run starts
 * - `reference-server`: full control over what the server holds (the embedded server)
 * - `large-group`: consent to a group of N members (`--large-group N`)
 * - `member-limit`: a known limit of members per group (`--max-group-members N` or a target profile)
 * - `burst`: consent to many requests at once (`--burst N`)
 */
export const NEEDS = ["empty-tenant", "reference-server", "large-group", "member-limit", "burst"] as const;
export type Need = (typeof NEEDS)[number];

/** Header sets of `okta-behaviors.md` 1.1: what the client sends, and what Okta's published test sends. */
export const SPEAKERS = ["okta", "suite"] as const;
export type Speaker = (typeof SPEAKERS)[number];

/** A text with `${…}` slots, parsed when the file is read. */
export interface Template {
  readonly parts: readonly (string | Slot)[];
}

/** `${name}`, `${step-value.path}`, `${unique.label.kind | transform}`. */
export interface Slot {
  /** The dotted name, for example `user`, `unique.userName` or `unique.bob.userName`. */
  readonly name: string;
  readonly transforms: readonly Transform[];
}

/**
 * - `upper`, `lower`: letter case
 * - `filter`: escape quotes and backslashes as a filter's string literal wants them
 * - `url`: percent-encode
 * - `form`: percent-encode, with `+` for a space
 */
export const TRANSFORMS = ["upper", "lower", "filter", "url", "form"] as const;
export type Transform = (typeof TRANSFORMS)[number];

/** A JSON value whose strings may be templates; objects may carry the directives `$from`, `$answer` and so on. */
export type BodyTemplate =
  | { readonly kind: "literal"; readonly value: Json }
  | { readonly kind: "text"; readonly template: Template }
  | { readonly kind: "array"; readonly items: readonly BodyTemplate[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [string, BodyTemplate])[] }
  /** The body of an earlier step's answer, as Okta writes back what it read (`$answer: step`). */
  | { readonly kind: "answer"; readonly step: string; readonly changes: Changes }
  /** A fixture, with changes (`$from: okta/user.json`). */
  | { readonly kind: "fixture"; readonly body: BodyTemplate; readonly changes: Changes };

export interface Changes {
  /** Keys at the root that are replaced or added. */
  readonly replace: readonly (readonly [string, BodyTemplate])[];
  /** Dotted paths that are set inside (`$set`). */
  readonly set: readonly (readonly [string, BodyTemplate])[];
  /** Dotted paths that are removed (`$without`). */
  readonly without: readonly string[];
}

/** What an answer's body has to look like at one path. All given conditions have to hold. */
export interface ValueMatcher {
  readonly equals?: BodyTemplate;
  readonly equalsIgnoringCase?: BodyTemplate;
  readonly oneOf?: readonly BodyTemplate[];
  readonly contains?: BodyTemplate;
  readonly type?: "string" | "number" | "integer" | "boolean" | "array" | "object" | "null";
  readonly notEmpty?: boolean;
  readonly absent?: boolean;
  /** Absent, null, an empty text or an empty array: RFC 7643 2.5 treats them alike. */
  readonly unassigned?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly length?: number;
  readonly atLeast?: BodyTemplate;
  readonly atMost?: BodyTemplate;
  readonly matches?: string;
  readonly some?: ValueMatcher;
  readonly each?: ValueMatcher;
  readonly none?: ValueMatcher;
  readonly at?: readonly (readonly [path: string, matcher: ValueMatcher])[];
  readonly not?: ValueMatcher;
}

/** How one claim is told from the evidence of one step. */
export interface Matcher {
  /** Statuses of answers that can show the claim at all; after any other it is left open. */
  readonly ifStatus?: readonly StatusPattern[];
  /** Earlier steps it builds on: where one of them was not answered with 2xx, it is left open. */
  readonly ifAccepted?: readonly string[];
  readonly status?: readonly StatusPattern[];
  readonly header?: readonly (readonly [name: string, matcher: ValueMatcher])[];
  readonly body?: readonly (readonly [path: string, matcher: ValueMatcher])[];
  /** The answer's body is exactly empty (`true`) or is not (`false`). */
  readonly emptyBody?: boolean;
  readonly withinMs?: number;
  /** A named check of `checks/`, with its arguments. */
  readonly check?: { readonly name: string; readonly with: readonly (readonly [string, BodyTemplate])[] };
  /** Several answers are permitted; one of them has to hold. */
  readonly anyOf?: readonly Matcher[];
}

/** `201`, or a class such as `4xx`. */
export type StatusPattern = number | "1xx" | "2xx" | "3xx" | "4xx" | "5xx";

export interface Expectation {
  readonly claim: string;
  readonly matcher: Matcher;
  readonly place: Place;
  /** The documentation leaves it open: whatever is seen is an observation, and no failure. */
  readonly isOpen?: boolean;
}

interface StepBase {
  readonly id: string;
  readonly place: Place;
  /** What a reader of the report should know about this step. */
  readonly note?: string;
  /** An earlier step whose effect this one looks at: when that was blocked, this is too. */
  readonly after?: string;
  /** The earlier step that it undoes: it is owed from before that one is sent, also when the play is cut short. */
  readonly undoes?: string;
  readonly expect: readonly Expectation[];
  /** A refusal (4xx or 501) is what this step is about, or one of what is permitted: no error in a load. */
  readonly mayBeRefused?: boolean;
  /** Values taken from the body of a successful answer, by path. */
  readonly remember: readonly (readonly [name: string, path: string])[];
}

/** One HTTP request. */
export interface SendStep extends StepBase {
  readonly kind: "send";
  readonly method: string;
  readonly path: Template;
  /** Whether the path stands below the base URL, or below the root of its host. */
  readonly below?: "host";
  /** Appended to the path, values percent-encoded as Okta does. */
  readonly query: readonly (readonly [string, Template])[];
  readonly headers: readonly (readonly [string, Template])[];
  readonly credential: CredentialUse;
  readonly speaker: Speaker;
  readonly body?: BodyTemplate;
  /** A body that is not JSON on purpose. */
  readonly text?: Template;
  /** An attribute that is asked for by name where the plain read leaves it out (RFC 7643 section 7, `returned`). */
  readonly alsoAsk?: string;
  /** Whether a read that does not show a write yet is repeated within the settle time. True for reads. */
  readonly settles: boolean;
}

/** A named action of `okta/actions/`: whatever loops, or sends several requests at once. */
export interface PerformStep extends StepBase {
  readonly kind: "perform";
  readonly action: string;
  readonly with: readonly (readonly [string, BodyTemplate])[];
  /** Whether a reading action that does not show a write yet is repeated within the settle time. */
  readonly settles: boolean;
}

export type Step = SendStep | PerformStep;

/** A list of steps that gathers evidence; beside each step stand the claims it shows. */
export interface Scenario {
  /** The file's path below its scenario folder, without the ending: `okta/users/create`. */
  readonly id: string;
  readonly title: string;
  /** It is the user's, not one of those that come with scim-check. */
  readonly own?: true;
  readonly place: Place;
  readonly flow: Flow;
  readonly oktaApp: OktaApps;
  readonly needs: readonly Need[];
  /** Plays alone: import walks, bursts, anything that counts what others may change. */
  readonly exclusive: boolean;
  /** May be used in a load mix. */
  readonly repeatable: boolean;
  /** Whether it makes or changes anything on the server (derived from its steps). */
  readonly writes: boolean;
  /** How many provisioned people it takes from the crowd: a number, or the large group's size. */
  readonly crowd?: BodyTemplate;
  /** Values that a user has to give by name, such as `expiredToken`. */
  readonly inputs: readonly string[];
  readonly steps: readonly Step[];
  /** The group of Okta that it pushes, for `--groups`. */
  readonly pushes?: string;
  /** It is a pattern: one scenario is made of it for every fact of a target profile that fits. */
  readonly judges?: { readonly kind: string; readonly where: JsonObject };
  /** Why the product cannot be asked this: it documents that it does not have what the scenario is about. */
  readonly notOffered?: string;
  /** Values known before the first step that belong to this scenario alone. */
  readonly given?: JsonObject;
}

/** Values that templates draw on while a scenario is played. */
export type Values = ReadonlyMap<string, Json>;

export type { JsonObject };
