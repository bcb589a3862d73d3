import type { Problem } from "../model/problem.ts";
import type { Step } from "../model/scenario.ts";
import type { Draft } from "./decode-scenario.ts";

/** A scenario that is played many times at once must not ask for the same thing twice, or for the server alone. */
export function repeatableProblems({ scenario, mentions }: Draft): readonly Problem[] {
  if (!scenario.repeatable) return [];
  const alone = scenario.exclusive || scenario.needs.includes("empty-tenant");
  const contradiction: readonly Problem[] = alone
    ? [
        {
          place: scenario.place,
          what: "A repeatable scenario cannot ask to play alone or on an empty server.",
          next: "Take `repeatable` away, or `exclusive` and `empty-tenant`.",
        },
      ]
    : [];
  const repeating = scenario.steps.filter((step, index) => {
    const named = mentions.some(
      (mention) =>
        mention.kind === "slot" &&
        mention.step === index &&
        mention.part === "request" &&
        mention.name.startsWith("unique."),
    );
    return creates(step) && !named;
  });
  return [
    ...contradiction,
    ...repeating.map((step) => ({
      place: step.place,
      what: `Step \`${step.id}\` creates the same thing in every play of a repeatable scenario.`,
      next: `Give it a name with \`\${unique.…}\`.`,
    })),
  ];
}

function creates(step: Step): boolean {
  if (step.kind !== "send" || step.method !== "POST" || step.body === undefined) return false;
  const [path, ...slots] = step.path.parts;
  return slots.length === 0 && typeof path === "string" && /^\/(Users|Groups)\/?$/.test(path);
}
