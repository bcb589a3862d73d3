import { z } from "../decode/index.ts";
import { DURATION_WORDS, durationMs } from "../model/duration.ts";
import { MOST_IN_FLIGHT } from "../model/load-plan.ts";
import { MOST_PLAYS_A_SECOND, ratePerSecond } from "../model/rate.ts";

const RATE_WORDS = `Expected a rate such as 50/s, 120/m or 2000/h, of at most ${MOST_PLAYS_A_SECOND}/s.`;
const TIME_WORDS = `Expected ${DURATION_WORDS}.`;
const SPAN_WORDS = `Expected ${DURATION_WORDS}, and above 0.`;

const rate = z
  .string(RATE_WORDS)
  .refine((text) => ratePerSecond(text) !== undefined, RATE_WORDS)
  .transform((text) => ratePerSecond(text) ?? 0);
const time = z
  .string(TIME_WORDS)
  .refine((text) => durationMs(text) !== undefined, TIME_WORDS)
  .transform((text) => durationMs(text) ?? 0);
/** Of a stage: nothing happens in a stage that lasts no time. */
const span = z
  .string(SPAN_WORDS)
  .refine((text) => (durationMs(text) ?? 0) > 0, SPAN_WORDS)
  .transform((text) => durationMs(text) ?? 0);
const count = z.int().positive();
const many = z.int().nonnegative();

const MOST_STEPS = 10_000;
/** As many people as any load may make. */
const MOST_PLAYS = 2_000_000;

const stage = z.strictObject({
  constant: z.strictObject({ rate, for: span }).optional(),
  ramp: z.strictObject({ from: rate, to: rate, for: span }).optional(),
  step: z.strictObject({ from: rate, to: rate, steps: count.max(MOST_STEPS), for: span }).optional(),
  burst: z.strictObject({ plays: count.max(MOST_PLAYS), for: span }).optional(),
  pause: z.strictObject({ for: span }).optional(),
});

/** What a load plan's file looks like. The only description of it; the JSON Schema for editors is made from it. */
export const LOAD_PLAN_SHAPE = z.strictObject({
  title: z.string().min(1),
  "okta-app": z.enum(["aiw", "oin"]),
  population: z
    .strictObject({ users: many.default(0), groups: many.default(0), members: many.default(0) })
    .optional(),
  mix: z
    .array(
      z.strictObject({
        scenario: z.string(),
        weight: z.number().positive().default(1),
        with: z.record(z.string(), z.json()).optional(),
      }),
    )
    .min(1),
  stages: z.array(stage).min(1).optional(),
  closed: z.strictObject({ users: count.max(MOST_IN_FLIGHT), for: span, think: time.optional() }).optional(),
  "warm-up": time.optional(),
  "max-in-flight": count.max(MOST_IN_FLIGHT).optional(),
  thresholds: z.array(z.string()).optional(),
  seed: many.optional(),
});

export type LoadPlanFile = z.infer<typeof LOAD_PLAN_SHAPE>;
