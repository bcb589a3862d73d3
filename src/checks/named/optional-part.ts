import type { Check, Evidence, Judgement, StepEvidence } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import {
  broken,
  difference,
  holds,
  lastAnswer,
  notOffered,
  showOutcome,
  unknown,
  valueAt,
} from "../answer.ts";
import { isSuccess, NO_ENDPOINT } from "../status.ts";
import { sameResource } from "./same-resource.ts";
import { saysOf, unread } from "./service-provider-config.ts";
import { isUnassigned, shownEarlier, textsOf } from "./shown.ts";

/**
 * Why a part of the protocol is not judged: the configuration says that it is not supported, or, for a part that
 * has to be `claimed`, does not say that it is, or could not be read. Undefined where it is judged.
 */
export function withheld(
  evidence: Evidence,
  { config, feature, claimed }: Readonly<Record<string, Json | undefined>>,
): Judgement | undefined {
  if (config === undefined) return undefined;
  const name = String(feature);
  const says = saysOf(evidence, config, name);
  if (says === false) return notOffered(`the server says that ${name} is not supported`);
  if (claimed !== true || says === true) return undefined;
  return unread(evidence, config) ?? notOffered(`the server does not say that ${name} is supported`);
}

/** Not offered where the server was given the attribute when step `offered` was sent, and does not show it. */
export function unkept(evidence: Evidence, given: Readonly<Record<string, Json>>): Judgement | undefined {
  if (given.offered === undefined) return undefined;
  const paths = textsOf(given["offered-path"] ?? given.path);
  const model = shownEarlier(evidence, given.offered);
  const hidden = paths.find((path) => isUnassigned(valueAt(model, path)));
  return hidden === undefined ? undefined : notOffered(`the server does not show ${hidden}`);
}

export const statusIfOffered: Check = {
  name: "status-if-offered",
  summary:
    "The status is one of `status`; not offered where the configuration of step `config` says that `feature` is not supported or, with `claimed`, does not say that it is. With `may-lack` neither is what is answered 501. A success is left open where step `like`, which asks for what the server does not have either, was a success too.",
  takes: ["status", "feature", "config", "claimed?", "may-lack?", "like?"],
  ofTheExchange: true,
  judge(evidence, given): Judgement {
    const open = withheld(evidence, given);
    if (open !== undefined) return open;
    const wanted: readonly Json[] = Array.isArray(given.status) ? given.status : [given.status ?? null];
    const status = lastAnswer(evidence)?.status;
    // RFC 7644 3.12: the server does not support the operation, whether the request was right or wrong.
    if (given["may-lack"] === true && status === 501)
      return notOffered("the server says by 501 that it lacks this");
    if (isSuccess(status) && isSuccess(statusOf(evidence.earlier.get(String(given.like)))))
      return unknown(`step ${String(given.like)} was accepted as well`, { neutral: true });
    return status !== undefined && wanted.includes(status)
      ? holds
      : broken(difference("status", wanted.join(" or "), showOutcome(evidence)));
  },
};

const statusOf = (step: StepEvidence | undefined) => step && lastAnswer(step)?.status;

export const unchangedIfOffered: Check = {
  name: "unchanged-if-offered",
  summary:
    "The resource is the one that step `as` showed; not offered unless the configuration of step `config` claims etag.",
  takes: ["as", "config"],
  judge: (evidence, given): Judgement =>
    withheld(evidence, { config: given.config, feature: "etag", claimed: true }) ??
    sameResource.judge(evidence, { as: given.as ?? "" }),
};

/** Groups are a resource type that a server may do without (RFC 7643 section 6). For creates and lists alone. */
export const noSuchEndpoint: Check = {
  name: "no-such-endpoint",
  summary:
    "Not offered where the answer is 404, 405 or 501, broken otherwise: an alternative for what only some servers have. With `refused: open` any other refusal tells nothing.",
  takes: ["refused?"],
  ofTheExchange: true,
  judge(evidence, given): Judgement {
    const status = lastAnswer(evidence)?.status ?? 0;
    if (given.refused === "open" && status >= 400 && !NO_ENDPOINT.includes(status)) {
      return unknown(`the request was refused with ${status}`);
    }
    return NO_ENDPOINT.includes(status)
      ? notOffered(`there is no such endpoint: ${status}`)
      : broken(difference("status", NO_ENDPOINT.join(" or "), showOutcome(evidence)));
  },
};
