import { z } from "../decode/index.ts";

const text = z.string().min(1);
const release = z.string({ error: 'Expected a release in quotes, such as "2.0.0".' }).min(1);
/** A key of `sources`, alone or with the section it stands in. */
const source = z.union([text, z.strictObject({ source: text, section: text })], {
  error: "Expected a key of `sources`, or `{ source: key, section: … }`.",
});

const deviation = z.strictObject({ claim: text, at: text.optional() });

const fact = z.strictObject({
  says: text,
  grade: z.enum(["must", "may", "open"]),
  source: z.union([source, z.array(source).min(1)]),
  since: release.optional(),
  until: release.optional(),
  /** One observable or a list of them; each is read by itself, so that its mistakes are told by its kind. */
  observe: z.unknown().optional(),
  "shown-with": text.optional(),
  "not-observed": text.optional(),
  /** Beside `not-observed`: what the planner and the server that plays the product know all the same. */
  states: z.unknown().optional(),
  breaks: z.array(deviation).optional(),
});

const trouble = z.strictObject({
  symptom: text,
  cause: text,
  remedy: text,
  source,
  when: z.strictObject({
    behaviour: text.optional(),
    stopped: text.optional(),
    status: z.int().min(100).max(599).optional(),
    silence: text.optional(),
    method: text.optional(),
    path: text.optional(),
  }),
});

/** A target profile as it stands in its file. */
export const targetShape = z.strictObject({
  product: text,
  /** Holds for every fact that does not say otherwise. */
  since: release.optional(),
  sources: z.record(
    text,
    z.strictObject({
      title: text,
      url: z.url({ error: "Expected an address such as `https://example.com/docs`." }),
    }),
  ),
  facts: z.record(
    z.string().regex(/^[A-Z]+-\d+(\.[a-z-]+)?$/, { error: "Expected an id such as `TFE-106`." }),
    fact,
  ),
  troubles: z.array(trouble).optional(),
});

export type TargetFile = z.infer<typeof targetShape>;
export type FactFile = z.infer<typeof fact>;
export type SourceFile = z.infer<typeof source>;
