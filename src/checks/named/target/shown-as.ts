import type { Check } from "../../../model/evidence.ts";
import { isJsonObject, type Json } from "../../../model/json.ts";
import { broken, difference, show, showOutcome, unknown } from "../../answer.ts";
import { isUnassigned, objectShown, valueNamed } from "../shown.ts";

/** How one attribute of a resource is shown. */
export const shownAs: Check = {
  name: "shown-as",
  summary:
    "The attribute `at` is shown `as` present, absent, one-value, true, uuid, utc-time, flattened (under one key with a dot in it) or of-the-server (there, and not what `sent` says). `emails.value` means each of the values.",
  takes: ["at", "as", "sent?"],
  judge(evidence, { at, as, sent }) {
    const words = WORDS[String(as)];
    // The word may come from somebody's target profile: a slip there is no fault of the server's.
    if (words === undefined)
      return unknown(`the scenario asks for "${String(as)}", which is none of ${NAMES}`);
    const shown = objectShown(evidence);
    if (shown === undefined) return broken(difference("answer", "the resource", showOutcome(evidence)));
    const found = valuesAt(shown, as === "flattened" ? [String(at)] : String(at).split("."));
    return words.holds(found, sent) ? broken() : broken(difference(`body ${at}`, words.text, show(found)));
  },
};

/** The values at a path; those of every element where an array stands in between. */
function valuesAt(value: Json | undefined, names: readonly string[]): readonly Json[] {
  const [name, ...rest] = names;
  if (value === undefined) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => valuesAt(item, names));
  if (name === undefined) return isUnassigned(value) ? [] : [value];
  return isJsonObject(value) ? valuesAt(valueNamed(value, name), rest) : [];
}

interface Form {
  readonly text: string;
  readonly holds: (found: readonly Json[], sent: Json | undefined) => boolean;
}

const every = (test: (value: Json) => boolean) => (found: readonly Json[]) =>
  found.length > 0 && found.every(test);
const matching = (pattern: RegExp) => every((value) => typeof value === "string" && pattern.test(value));

const WORDS: Readonly<Record<string, Form>> = {
  present: { text: "to be there", holds: (found) => found.length > 0 },
  absent: { text: "not to be there", holds: (found) => found.length === 0 },
  "one-value": { text: "one value", holds: (found) => found.length === 1 },
  true: { text: "true", holds: every((value) => value === true) },
  uuid: { text: "a UUID", holds: matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i) },
  "utc-time": { text: "a time in UTC", holds: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/) },
  flattened: { text: "under one key with a dot", holds: (found) => found.length > 0 },
  "of-the-server": {
    text: "a value that the server made",
    holds: (found, sent) => found.length > 0 && !found.some((value) => value === sent),
  },
};

const NAMES = Object.keys(WORDS).join(", ");
