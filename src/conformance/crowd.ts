import { fillBody } from "../engine/fill.ts";
import { lastJson } from "../engine/last-json.ts";
import type { MadeLog } from "../engine/made.ts";
import type { Names } from "../engine/names.ts";
import { buildRequest, type Speak } from "../engine/request.ts";
import { idOf } from "../engine/told-resource.ts";
import type { Json } from "../model/json.ts";
import type { Playable } from "../model/play.ts";
import type { BodyTemplate } from "../model/scenario.ts";

export interface CrowdContext {
  readonly names: Names;
  readonly made: MadeLog;
  readonly speak: Speak;
  /** The body of a create as Okta sends it. */
  readonly userBody: BodyTemplate;
  readonly atOnce: number;
}

/** A member as group pushes send it. */
export interface CrowdMember {
  readonly value: string;
  readonly display: string;
}

export interface Crowd {
  readonly members: readonly CrowdMember[];
  /** Why there are fewer than asked for. */
  readonly shortBecause?: string;
}

/** Creates `size` people for the scenarios that need many, once for the whole run. */
export function* gatherCrowd(size: number, context: CrowdContext): Playable<Crowd> {
  const members: CrowdMember[] = [];
  for (let start = 0; start < size; start += context.atOnce) {
    const batch = Array.from({ length: Math.min(context.atOnce, size - start) }, () => person(context));
    const requests = batch.map(({ body }) => buildRequest(context.speak, "POST", "/Users", body));
    const records = requests.map((request) => context.made.beforeSending(request));
    const reply = yield { kind: "send-at-once", requests };
    for (const [index, exchange] of reply.exchanges.entries()) records[index]?.(exchange);
    for (const [index, exchange] of reply.exchanges.entries()) {
      const body = lastJson([exchange]);
      const id = context.made.mayBeOurs(body) ? idOf(body) : undefined;
      if (id === undefined) {
        const { outcome } = exchange;
        const told = outcome.kind === "answer" ? `answered ${outcome.status}` : outcome.detail;
        return {
          members,
          shortBecause: `person ${members.length + 1} of ${size} could not be created: ${told}`,
        };
      }
      members.push({ value: id, display: batch[index]?.userName ?? "" });
    }
  }
  return { members };
}

function person({ names, userBody }: CrowdContext): { readonly body: Json; readonly userName: string } {
  const own = names.forPlay();
  const body = fillBody(userBody, {
    valueOf: () => undefined,
    answerOf: () => undefined,
    unique: (kind, label) => own.unique(kind, label),
  });
  return { body, userName: own.unique("userName") };
}
