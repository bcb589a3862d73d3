import type { Citation, Standard } from "./citation.ts";

/**
 * How much weight a claim has.
 * - `must`: Okta's documents or published tests require it, or a documented flow stops without it.
 * - `should`: recommended, or relied upon by several independent integrators.
 * - `field`: seen in public captures or issues only. Advice, never a failure of the run.
 * - `may`: worth recording, never a failure.
 */
export type Level = "must" | "should" | "field" | "may";

/** Okta's two kinds of app: AIW updates with PUT; OIN uses PATCH for activation, password and groups. */
export type OktaApp = "aiw" | "oin";

/** The app kinds a behaviour or scenario belongs to. */
export type OktaApps = OktaApp | "both";

export const FLOWS = [
  "test-credentials",
  "transport",
  "look-up",
  "create",
  "link",
  "read",
  "update",
  "deactivate",
  "import",
  "group-push",
  "large-group",
  "group-splitting",
  "rate-limit",
  "authentication",
  "errors",
  "robustness",
  "entitlements",
  // Parts of the protocol that Okta does not use; judged with `--standard rfc`.
  "discovery",
  "reading",
  "filtering",
  "changing",
  "optional-parts",
  // What an administrator of the product does; judged with a target profile.
  "administration",
] as const;

/** One of the errands Okta runs; scenarios and behaviours are grouped by it. */
export type Flow = (typeof FLOWS)[number];

export type ProtocolVersion = "2.0" | "1.1";

/** The smallest thing that can be seen to hold or not. Its id is `<behaviour id>.<name>`. */
export interface Claim {
  /** For example `OKTA-CRED-04.page-within-count`. Never changes meaning once released. */
  readonly id: string;
  readonly level: Level;
  /** What has to be seen, as one sentence about the server. */
  readonly text: string;
  /** The steps of Okta's own published tests that assert the same, for example `Okta SCIM 2.0 Spec Test, step 6`. */
  readonly oktaTest?: string;
}

/** One thing that Okta and an RFC do not ask for alike, each side in a few words. */
export interface TwoSides {
  readonly about: string;
  readonly okta: string;
  readonly rfc: string;
}

/** One sentence about a SCIM server, with the sentence of a document that asks for it. */
export interface Behaviour {
  /** For example `OKTA-CRED-01`. Never changes meaning once released. */
  readonly id: string;
  /** Who asks for it: Okta's documents, an RFC that Okta itself does not depend on, or the product's own documents. */
  readonly standard: Standard;
  readonly statement: string;
  /** How harmful it is to Okta when broken, 0 being worst; see `catalogue/harm.ts`. */
  readonly harm: number;
  /** The same where the very request is refused; `harm` when absent. */
  readonly harmIfRefused?: number;
  readonly flow: Flow;
  readonly okta: OktaApps;
  readonly versions: readonly ProtocolVersion[];
  readonly claims: readonly Claim[];
  readonly citations: readonly Citation[];
  /** The request as Okta sends it, in one or a few lines. */
  readonly request: string;
  /** An answer that satisfies the claims, in one or two sentences. */
  readonly goodAnswer: string;
  /** What Okta does, or what its administrator sees, when the behaviour is broken. */
  readonly consequence: string;
  /** What the developer of the server should change. */
  readonly remedy: string;
  /** Where Okta and the RFCs differ about it; absent where they do not. */
  readonly sides?: readonly TwoSides[];
  /** Why a black-box client cannot judge it; absent when it can. */
  readonly notJudged?: string;
}

/** The level of a behaviour is that of its strongest claim. */
export function levelOf(behaviour: Pick<Behaviour, "claims">): Level {
  const order: readonly Level[] = ["must", "should", "field", "may"];
  return order.find((level) => behaviour.claims.some((claim) => claim.level === level)) ?? "may";
}
