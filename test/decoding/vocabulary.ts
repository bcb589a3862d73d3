import type { Behaviour } from "../../src/model/behaviour.ts";
import type { Check } from "../../src/model/evidence.ts";
import type { Action, ActionResult, Playable } from "../../src/model/play.ts";

type Sketch = Pick<Behaviour, "id"> &
  Partial<Pick<Behaviour, "okta" | "notJudged">> & { claims: readonly string[] };

/** A behaviour with nothing in it but what scenarios refer to. */
export function behaviour({ id, claims, ...more }: Sketch): Behaviour {
  return {
    id,
    standard: "okta",
    harm: 13,
    statement: "The server does it.",
    flow: "create",
    okta: "both",
    versions: ["2.0"],
    claims: claims.map((name) => ({ id: `${id}.${name}`, level: "must", text: "It is seen to." })),
    citations: [],
    request: "",
    goodAnswer: "",
    consequence: "",
    remedy: "",
    ...more,
  };
}

export const catalogue: readonly Behaviour[] = [
  behaviour({ id: "OKTA-CREATE-01", claims: ["created"] }),
  behaviour({ id: "OKTA-CREATE-04", claims: ["id", "location"] }),
  behaviour({ id: "OKTA-PUT-01", claims: ["replaced"], okta: "aiw" }),
  behaviour({ id: "OKTA-PATCH-02", claims: ["answer"], okta: "oin" }),
  behaviour({ id: "OKTA-TIME-01", claims: [], notJudged: "Okta's waiting shows on no wire." }),
];

export const checks: readonly Check[] = [
  {
    name: "unique-ids",
    summary: "No id comes twice.",
    takes: ["path", "ignore?"],
    judge: () => ({ kind: "holds" }),
  },
];

function* nothing(): Playable<ActionResult> {
  yield { kind: "wait", ms: 0 };
  return { exchanges: [], facts: {} };
}

export const actions: readonly Action[] = [
  {
    name: "list-all-pages",
    summary: "Reads every page.",
    takes: ["path", "count?"],
    reads: true,
    perform: nothing,
  },
  { name: "push-group", summary: "Adds everybody.", takes: ["members"], reads: false, perform: nothing },
];
