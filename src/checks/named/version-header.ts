import type { Check, Judgement } from "../../model/evidence.ts";
import { headerValue } from "../../model/exchange.ts";
import { broken, difference, holds, lastAnswer, notOffered, show, unknown, valueAt } from "../answer.ts";
import { withheld } from "./optional-part.ts";
import { objectShown } from "./shown.ts";

/** An entity-tag of RFC 9110 8.8.3. */
const ENTITY_TAG = /^(W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;

export const versionHeader: Check = {
  name: "version-header",
  summary:
    "A success has an ETag that is an entity-tag; with `as-meta` it equals meta.version. Not offered unless the configuration of step `config` claims etag.",
  takes: ["config", "as-meta?"],
  ofTheExchange: true,
  judge(evidence, given): Judgement {
    const open = withheld(evidence, { config: given.config, feature: "etag", claimed: true });
    if (open !== undefined) return open;
    const answer = lastAnswer(evidence);
    if (answer === undefined || answer.status >= 300) return unknown("no resource came", { neutral: true });
    const tag = headerValue(answer.headers, "ETag");
    if (given["as-meta"] !== true) {
      return tag !== undefined && ENTITY_TAG.test(tag)
        ? holds
        : broken(difference("header ETag", 'an entity-tag such as W/"3694e05e9dff594"', show(tag)));
    }
    const version = valueAt(objectShown(evidence), "meta.version");
    if (version === undefined) return notOffered("the server does not show meta.version");
    if (tag === undefined) return unknown("the answer has no ETag", { neutral: true });
    return version === tag
      ? holds
      : broken(difference("body meta.version", `${tag}, as ETag`, show(version)));
  },
};
