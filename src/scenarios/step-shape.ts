import { z } from "../decode/index.ts";
import { NAMED_CREDENTIALS } from "../model/exchange.ts";
import { SPEAKERS } from "../model/scenario.ts";

const text = z.string().min(1);
/** A text, or a number or truth value that is sent as text. */
const textLike = z.union([z.string(), z.number(), z.boolean()], { error: "Expected a text or a number." });
const headerValue = z.union([z.string(), z.number(), z.null()], {
  error: "Expected a text, or `null` to leave the header out.",
});

const shared = {
  id: z
    .string()
    .regex(/^[A-Za-z0-9][\w-]*$/, { error: "Expected letters, digits and hyphens, such as `read-back`." }),
  note: text.optional(),
  after: text.optional(),
  undoes: text.optional(),
  expect: z.record(z.string(), z.unknown()).optional(),
  remember: z.record(z.string(), z.string()).optional(),
  settles: z.boolean().optional(),
  "may-be-refused": z.boolean().optional(),
};

export const sendShape = z.strictObject({
  ...shared,
  send: text,
  query: z.record(z.string(), textLike).optional(),
  as: z.enum(SPEAKERS).optional(),
  headers: z.record(z.string(), headerValue).optional(),
  credential: z
    .enum(["given", "none", "wrong", "doubled-bearer", "lower-case-scheme", ...NAMED_CREDENTIALS])
    .optional(),
  below: z.literal("host").optional(),
  body: z.unknown().optional(),
  text: z.string().optional(),
  "also-ask": z
    .string()
    .regex(/^[A-Za-z]\w*$/, { error: "Expected the name of an attribute." })
    .optional(),
});

export const performShape = z.strictObject({
  ...shared,
  perform: text,
  with: z.record(z.string(), z.unknown()).optional(),
});

export type SendFile = z.infer<typeof sendShape>;
export type PerformFile = z.infer<typeof performShape>;
