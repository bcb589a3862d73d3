import type { BodyTemplate, SendStep } from "../../model/scenario.ts";
import type { QuickClaim, RootTest } from "./quick-claims.ts";
import type { ReadingPlan, ReadTest } from "./reading.ts";
import type { Slots } from "./slots.ts";

/** What a step wants to know of its answers, from what its scenario does with them. */
export interface Wanted {
  readonly step: SendStep;
  readonly claims: readonly QuickClaim[];
  /** The step creates a person or a group. */
  readonly creates: boolean;
  /** The scenario changes something, so that it must not take somebody else's id. */
  readonly writes: boolean;
  /** Later requests are made of the whole answer. */
  readonly keepsAnswer: boolean;
  /** The names that steps remember, in the order of their places in `PlayState.values`. */
  readonly valueNames: readonly string[];
}

export function readingPlan(
  { step, claims, creates, writes, keepsAnswer, valueNames }: Wanted,
  slots: Slots,
): ReadingPlan {
  const checksName = writes && step.remember.length > 0;
  const isOfGroup = step.path.parts[0]?.toString().startsWith("/Groups") === true;
  const name = isOfGroup ? "displayName" : "userName";
  const tests = claims.flatMap((claim) => claim.tests);
  const keys = [
    ...new Set([
      ...step.remember.flatMap(([, path]) => (isRoot(path) ? [path] : [])),
      ...(creates ? ["id"] : []),
      ...(checksName ? [name] : []),
      ...tests.map(({ key }) => key),
    ]),
  ];
  return {
    keys,
    captures: step.remember.map(([known, path]) => ({
      value: valueNames.indexOf(known),
      path,
      key: keys.indexOf(path),
    })),
    tests: tests.map((test) => readTest(test, keys, slots)),
    idKey: creates ? keys.indexOf("id") : -1,
    nameKey: checksName ? keys.indexOf(name) : -1,
    keepsAnswer,
  };
}

const isRoot = (path: string) => /^[A-Za-z]\w*$/.test(path);

function readTest({ key, equals }: RootTest, keys: readonly string[], slots: Slots): ReadTest {
  const json = constantOf(equals);
  return { key: keys.indexOf(key), json, expected: slots.value(equals) };
}

function constantOf(template: BodyTemplate): Buffer | undefined {
  return template.kind === "literal" ? Buffer.from(JSON.stringify(template.value)) : undefined;
}
