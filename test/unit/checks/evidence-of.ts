import type { Evidence, StepEvidence } from "../../../src/model/evidence.ts";
import type { Answer, Exchange } from "../../../src/model/exchange.ts";
import type { Json } from "../../../src/model/json.ts";

/** An exchange whose answer is given; a body that is a text is sent as it stands. */
export function exchangeOf(
  status: number,
  body: Json | undefined = undefined,
  url = "https://scim.example.com/scim/v2/Users",
): Exchange {
  const answer: Answer = {
    kind: "answer",
    status,
    headers: [],
    body: body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body),
  };
  return {
    request: { method: "GET", path: "/Users", headers: [] },
    url,
    outcome: answer,
    timing: { startedAt: 0 },
  };
}

/** The evidence of a step with one answer. */
export function evidenceOf(
  status: number,
  body?: Json,
  more: { readonly earlier?: Record<string, Exchange>; readonly values?: Record<string, Json> } = {},
): Evidence {
  const earlier = Object.entries(more.earlier ?? {}).map(([step, exchange]): [string, StepEvidence] => [
    step,
    { step, exchanges: [exchange], facts: {} },
  ]);
  return {
    step: "step",
    exchanges: [exchangeOf(status, body)],
    facts: {},
    earlier: new Map(earlier),
    values: new Map(Object.entries(more.values ?? {})),
  };
}

/** The evidence of a request that nothing came back from. */
export const silence: Evidence = {
  ...evidenceOf(200),
  exchanges: [
    {
      ...exchangeOf(200),
      outcome: { kind: "silence", reason: "timed-out", detail: "No answer in 60 s." },
    },
  ],
};
