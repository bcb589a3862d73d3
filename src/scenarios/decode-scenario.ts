import {
  checkShape,
  type Decoded,
  decodeYaml,
  expectedOneOf,
  MEGABYTE,
  readText,
  z,
} from "../decode/index.ts";
import { FLOWS } from "../model/behaviour.ts";
import { NAMED_CREDENTIALS } from "../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Problem } from "../model/problem.ts";
import { NEEDS, type Scenario, type Step } from "../model/scenario.ts";
import { readBody } from "./body.ts";
import type { ScenarioFile } from "./find.ts";
import type { Fixtures, Mention, Reading } from "./reading.ts";
import { BUILT_IN_NAMES, readStep } from "./step.ts";

/** A scenario that reads well by itself, and the names in it that linking has to find. */
export interface Draft {
  readonly scenario: Scenario;
  readonly mentions: readonly Mention[];
}

export type DraftResult =
  | { readonly ok: true; readonly draft: Draft }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const inputName = z
  .string()
  .regex(/^[A-Za-z][\w-]*$/, {
    error: "Expected a name of letters, digits and hyphens, such as `expiredToken`.",
  })
  .refine((name) => !BUILT_IN_NAMES.includes(name), {
    error: "This name always means the same; choose another.",
  });

const text = z.string().min(1);

const scenarioShape = z.strictObject({
  title: z.string().min(1),
  flow: z.enum(FLOWS),
  "okta-app": z.enum(["aiw", "oin"], { error: appWords }).optional(),
  needs: z.array(z.enum(NEEDS)).optional(),
  exclusive: z.boolean().optional(),
  repeatable: z.boolean().optional(),
  crowd: z
    .union([z.int().min(1), z.string()], { error: `Expected a number of people, or \`\${large.members}\`.` })
    .optional(),
  inputs: z.array(inputName).optional(),
  pushes: text.optional(),
  judges: text.optional(),
  where: z.record(text, z.unknown()).optional(),
  steps: z.array(z.unknown()).min(1),
});

function appWords(): string {
  return `${expectedOneOf(["aiw", "oin"])} Leave it out when both send the same.`;
}

/** Decodes one scenario file. Every problem of the file is reported, however many steps have one. */
export function decodeScenario(file: ScenarioFile, fixtures: Fixtures): DraftResult {
  const text = readText(file.path, MEGABYTE);
  return text.ok ? decodeScenarioText(text.text, file, fixtures) : text;
}

export function decodeScenarioText(
  text: string,
  { path, id }: ScenarioFile,
  fixtures: Fixtures,
): DraftResult {
  const decoded: Decoded<Json> = decodeYaml(text, path, z.unknown() as z.ZodType<Json>);
  if (!decoded.ok) return decoded;
  const problems: Problem[] = [];
  const mentions: Mention[] = [];
  const reading: Reading = { places: decoded, fixtures, problems, mentions, step: -1, part: "request" };
  const checked = checkShape(scenarioShape, decoded.value, decoded);
  if (!checked.ok) problems.push(...checked.problems);
  const raw = isJsonObject(decoded.value) ? decoded.value : {};
  const crowd = readCrowd(raw, reading);
  const steps = readSteps(raw, reading);
  if (!checked.ok || problems.length > 0) return { ok: false, problems };
  const file = checked.value;
  const scenario: Scenario = {
    id,
    title: file.title,
    place: { file: path, line: 1, column: 1 },
    flow: file.flow,
    oktaApp: file["okta-app"] ?? "both",
    needs: file.needs ?? [],
    exclusive: file.exclusive ?? false,
    repeatable: file.repeatable ?? false,
    // Linking finds out: it depends on the actions.
    writes: false,
    ...crowd,
    inputs: [...(file.inputs ?? []), ...tokensOf(steps)],
    ...(file.pushes === undefined ? {} : { pushes: file.pushes }),
    ...(file.judges === undefined
      ? {}
      : { judges: { kind: file.judges, where: (file.where ?? {}) as JsonObject } }),
    steps,
  };
  return { ok: true, draft: { scenario, mentions } };
}

/** A step that travels with a token beside the tested one needs that token. */
function tokensOf(steps: readonly Step[]): readonly string[] {
  // What is minted on the way nobody has to give.
  const named = new Set<string>(NAMED_CREDENTIALS.filter((name) => name !== "minted"));
  const used = steps.flatMap((step) =>
    step.kind === "send" && named.has(step.credential) ? [step.credential] : [],
  );
  return [...new Set(used)].map((name) => `${name}-token`);
}

function readCrowd(raw: JsonObject, reading: Reading): Pick<Scenario, "crowd"> {
  const crowd = raw.crowd;
  const usable = typeof crowd === "string" || typeof crowd === "number";
  return usable ? { crowd: readBody(crowd, ["crowd"], reading) } : {};
}

function readSteps(raw: JsonObject, reading: Reading): readonly Step[] {
  const values: readonly Json[] = Array.isArray(raw.steps) ? raw.steps : [];
  return values.flatMap((value, index) => {
    const step = readStep(value, ["steps", index], { ...reading, step: index });
    return step === undefined ? [] : [step];
  });
}
