import { isUnassigned } from "../checks/named/shown.ts";
import { fillBody, MissingValue } from "../engine/fill.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { BodyTemplate, Scenario, SendStep } from "../model/scenario.ts";

/** What a person cannot be whole without, where it was sent. */
const WHOLE_WITH = ["name", "emails", "displayName", "externalId"] as const;

/**
 * Which of these attributes every person of a load was created with, and none of its requests takes away again. Empty as
 * soon as that is in doubt: where requests are made by an action, from an earlier answer, or remove something.
 */
export function attributesOfPeople(
  scenarios: readonly Scenario[],
  userBody: BodyTemplate,
): readonly string[] {
  const writing = scenarios.filter(({ writes }) => writes);
  const bodies = [userBody, ...writing.flatMap(({ steps }) => steps.flatMap(bodyOf))].map(filled);
  if (writing.some(({ steps }) => steps.some(isDoubtful))) return [];
  return WHOLE_WITH.filter((attribute) =>
    bodies.every((body) => body !== undefined && !isUnassigned(body[attribute])),
  );
}

const isOnPeople = ({ path }: SendStep) => String(path.parts[0]).startsWith("/Users");

/** The whole of a person, as a step writes it. */
function bodyOf(step: Scenario["steps"][number]): readonly BodyTemplate[] {
  const writesWhole = step.kind === "send" && (step.method === "POST" || step.method === "PUT");
  if (!writesWhole || !isOnPeople(step) || step.body === undefined) return [];
  // What was read is written back: nothing of it goes missing by our doing.
  return step.body.kind === "answer" && step.body.changes.without.length === 0 ? [] : [step.body];
}

function isDoubtful(step: Scenario["steps"][number]): boolean {
  if (step.kind === "perform") return true;
  if (!isOnPeople(step)) return false;
  return step.text !== undefined || (step.method === "PATCH" && /"remove"/i.test(JSON.stringify(step.body)));
}

function filled(template: BodyTemplate): JsonObject | undefined {
  try {
    const body = fillBody(template, { valueOf: () => "x", unique: () => "x", answerOf: () => undefined });
    return isJsonObject(body) ? body : undefined;
  } catch (problem) {
    if (problem instanceof MissingValue) return undefined;
    throw problem;
  }
}
