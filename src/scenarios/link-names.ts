import { didYouMean, expectedOneOf } from "../decode/index.ts";
import type { Problem } from "../model/problem.ts";
import type { Draft } from "./decode-scenario.ts";
import type { Mention } from "./reading.ts";
import type { Vocabulary } from "./vocabulary.ts";

type Call = Extract<Mention, { kind: "check" | "action" }>;

/** Checks and actions that do not exist, their arguments, and answers of steps that come too late. */
export function namedProblems({ scenario, mentions }: Draft, vocabulary: Vocabulary): readonly Problem[] {
  const ids = scenario.steps.map((step) => step.id);
  return mentions.flatMap((mention) => {
    if (mention.kind === "slot") return [];
    if (mention.kind === "answer") {
      const earlier = ids.slice(0, Math.max(0, mention.step));
      if (earlier.includes(mention.target)) return [];
      const late = ids.includes(mention.target);
      const what = late
        ? `Step \`${mention.target}\` has not been played yet.`
        : `There is no step \`${mention.target}\`.`;
      const next = late ? "Name an earlier step." : didYouMean(mention.target, earlier);
      return [{ place: mention.place, what, next }];
    }
    return callProblems(mention, mention.kind === "check" ? vocabulary.checks : vocabulary.actions);
  });
}

function callProblems(
  call: Call,
  known: ReadonlyMap<string, { readonly takes: readonly string[] }>,
): readonly Problem[] {
  const called = known.get(call.name);
  if (called === undefined) {
    const what = `There is no ${call.kind} \`${call.name}\`.`;
    return [{ place: call.place, what, next: didYouMean(call.name, known.keys()) }];
  }
  const takes = called.takes.map((name) => name.replace(/\?$/, ""));
  const given = new Set(call.args.map(({ name }) => name));
  const unknown = call.args
    .filter(({ name }) => !takes.includes(name))
    .map(({ name, place }) => ({
      place,
      what: `The ${call.kind} \`${call.name}\` takes no argument \`${name}\`.`,
      next: takes.length === 0 ? "It takes none." : didYouMean(name, takes),
    }));
  const missing = called.takes.filter((name) => !name.endsWith("?") && !given.has(name));
  if (missing.length === 0) return unknown;
  const what = `The ${call.kind} \`${call.name}\` needs ${missing.map((name) => `\`${name}\``).join(", ")}.`;
  return [{ place: call.place, what, next: `Give it under \`with\`. ${expectedOneOf(takes)}` }, ...unknown];
}
