import { z } from "../decode/index.ts";
import { LIMIT_SUBJECTS } from "../model/target.ts";

const text = z.string().min(1);
const release = z.string({ error: 'Expected a release in quotes, such as "2.0.0".' }).min(1);

const limit = z.strictObject({
  subject: z.enum(LIMIT_SUBJECTS),
  value: z.int().min(1),
  beyond: z
    .union([z.int().min(400).max(599), z.enum(["capped", "ignored"])], {
      error: "Expected the status that refuses it, `capped` or `ignored`.",
    })
    .optional(),
});

const fact = z.strictObject({
  says: text,
  grade: z.enum(["must", "may", "open"]),
  /** A key of `sources`. */
  source: text,
  section: text.optional(),
  since: release.optional(),
  until: release.optional(),
  limit: limit.optional(),
});

/** A target profile as it stands in its file. What a profile can express grows here. */
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
});

export type TargetFile = z.infer<typeof targetShape>;
export type FactFile = z.infer<typeof fact>;
