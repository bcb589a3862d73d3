import { didYouMean, expectedOneOf, nearest } from "../decode/index.ts";
import { UNIQUE_KINDS } from "../model/people.ts";
import type { Problem } from "../model/problem.ts";
import type { Need, Scenario } from "../model/scenario.ts";
import type { Draft } from "./decode-scenario.ts";
import type { Mention } from "./reading.ts";

type SlotMention = Extract<Mention, { kind: "slot" }>;
type Words = Pick<Problem, "what" | "next">;

/** Slots whose value is always there once the scenario declares the need. */
const GIVEN_BY_NEED: ReadonlyMap<string, Need | undefined> = new Map<string, Need | undefined>([
  ["large.members", "large-group"],
  ["burst.requests", "burst"],
  ["import.maxPages", undefined],
  ["limit.group-members", "member-limit"],
  ["limit.split-members", "member-limit"],
]);

/** Slots that nothing yields before they are needed. */
export function slotProblems({ scenario, mentions }: Draft): readonly Problem[] {
  return mentions.flatMap((mention) => {
    const words = mention.kind === "slot" ? slotWords(mention, scenario) : undefined;
    return words === undefined ? [] : [{ place: mention.place, ...words }];
  });
}

function slotWords(mention: SlotMention, scenario: Scenario): Words | undefined {
  const { name } = mention;
  // A pattern's words between double underscores become names of attributes when it is played for a fact.
  if (scenario.judges !== undefined && /__\w+__/.test(name)) return undefined;
  const first = name.split(/[.[]/)[0] ?? name;
  if (first === "unique") return uniqueWords(name);
  if (first === "crowd") return crowdWords(scenario);
  if (first === "fact" && scenario.judges !== undefined) return undefined;
  const need = GIVEN_BY_NEED.get(name);
  if (GIVEN_BY_NEED.has(name)) {
    if (need === undefined || scenario.needs.includes(need)) return undefined;
    return {
      what: `\`\${${name}}\` is only known to a scenario that needs \`${need}\`.`,
      next: `Add \`${need}\` to \`needs\`.`,
    };
  }
  if (isBuiltIn(first)) {
    return { what: `There is no value \`\${${name}}\`.`, next: didYouMean(name, GIVEN_BY_NEED.keys()) };
  }
  return rememberedWords(mention, first, scenario);
}

const isBuiltIn = (first: string) =>
  first === "fact" || [...GIVEN_BY_NEED.keys()].some((name) => name.startsWith(`${first}.`));

function uniqueWords(name: string): Words | undefined {
  const words = name.split(".");
  const kind = words.at(-1) ?? "";
  const hasLabel = words.length === 3;
  if ((words.length === 2 || hasLabel) && UNIQUE_KINDS.includes(kind)) return undefined;
  if (words.length < 2 || words.length > 3) {
    return {
      what: `\`\${${name}}\` is no unique name.`,
      next: `Write \`\${unique.userName}\` or \`\${unique.bob.userName}\`.`,
    };
  }
  return { what: `There is no unique name of the kind \`${kind}\`.`, next: didYouMean(kind, UNIQUE_KINDS) };
}

function crowdWords(scenario: Scenario): Words | undefined {
  if (scenario.crowd !== undefined) return undefined;
  return {
    what: `\`\${crowd}\` is empty: the scenario takes nobody from the crowd.`,
    next: "Declare `crowd: <number>`.",
  };
}

function rememberedWords(mention: SlotMention, first: string, scenario: Scenario): Words | undefined {
  const earlier = namesBefore(scenario, mention.step);
  if (earlier.includes(first)) return undefined;
  const via = mention.via === undefined ? "" : `, which fixture \`${mention.via}\` needs,`;
  const later = scenario.steps.find((step) => step.remember.some(([name]) => name === first));
  if (later !== undefined) {
    return {
      what: `\`\${${mention.name}}\`${via} is only remembered by step \`${later.id}\`.`,
      next: "A value can be used in the steps after the one that remembers it.",
    };
  }
  const what = `Nothing yields \`\${${mention.name}}\`${via === "" ? "" : `${via} `.trimEnd()}.`.replace(
    ",.",
    ".",
  );
  const meant = nearest(first, earlier);
  if (meant !== undefined) return { what, next: `Did you mean \`${meant}\`?` };
  const next = "Let an earlier step `remember` it, or name it in `inputs`.";
  return {
    what,
    next:
      earlier.length === 0
        ? next
        : `${next} Known here: ${expectedOneOf(earlier).replace(/^Expected (one of )?/, "")}`,
  };
}

function namesBefore(scenario: Scenario, step: number): readonly string[] {
  const remembered = scenario.steps
    .slice(0, Math.max(0, step))
    .flatMap((earlier) => earlier.remember.map(([name]) => name));
  return [...new Set([...scenario.inputs, ...remembered])];
}
