import { decodeYamlFile, type Shape, z } from "../decode/index.ts";
import { DURATION_WORDS, durationMs } from "../model/duration.ts";
import type { Problem } from "../model/problem.ts";
import type { RunOptions } from "./options.ts";

/** The name that is looked for in the working directory. */
export const PROJECT_FILE = "scim-check.yaml";

const count = z.int().positive();
const TIME_WORDS = `Expected ${DURATION_WORDS}.`;
const duration = z
  .string(TIME_WORDS)
  .refine((text) => durationMs(text) !== undefined, TIME_WORDS)
  .transform((text) => durationMs(text) ?? 0);
const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const SHAPE = z.strictObject({
  url: z.string().optional(),
  embedded: z.boolean().optional(),
  target: z.string().optional(),
  "okta-app": z.enum(["aiw", "oin"]).optional(),
  standard: z.enum(["okta", "rfc"]).optional(),
  actions: z.array(z.string()).optional(),
  groups: z.string().optional(),
  "unique-identifier": z.enum(["userName", "email"]).optional(),
  scenarios: texts.optional(),
  scenario: texts.optional(),
  behaviour: texts.optional(),
  "read-only": z.boolean().optional(),
  "allow-writes": texts.optional(),
  "token-file": z.string().optional(),
  auth: z.enum(["bearer", "header", "basic", "oauth"]).optional(),
  "auth-header": z.string().optional(),
  "no-auth": z.boolean().optional(),
  "oauth-token-url": z.string().optional(),
  "oauth-client-id": z.string().optional(),
  "oauth-client-secret-file": z.string().optional(),
  "oauth-scope": z.string().optional(),
  "oauth-client-auth": z.enum(["basic", "post"]).optional(),
  "client-cert": z.string().optional(),
  "client-key": z.string().optional(),
  "client-pfx": z.string().optional(),
  "client-passphrase-file": z.string().optional(),
  ca: z.string().optional(),
  insecure: z.boolean().optional(),
  timeout: duration.optional(),
  deadline: duration.optional(),
  settle: duration.optional(),
  "large-group": count.optional(),
  burst: count.optional(),
  "max-group-members": count.optional(),
  "max-pages": count.optional(),
  "max-users": count.optional(),
  "max-groups": count.optional(),
  "max-members": count.optional(),
  "max-requests": count.optional(),
  rate: z.number().positive().optional(),
  concurrency: count.optional(),
  "okta-waits": z.boolean().optional(),
  known: z.string().optional(),
  since: z.string().optional(),
  strict: z.boolean().optional(),
  "show-foreign-data": z.boolean().optional(),
  input: z.record(z.string(), z.string()).optional(),
  seed: z.int().nonnegative().optional(),
});

export type ProjectFile =
  | { readonly ok: true; readonly options: RunOptions }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What is empty, or comments alone, sets nothing: so does a starter file once each of its lines is commented out. */
const FILE = SHAPE.nullable() as Shape<Readonly<Record<string, unknown>> | null>;

/** Reads scim-check.yaml. Its keys are the long flags of `scim-check run`, without the dashes. */
export function readProjectFile(file: string): ProjectFile {
  const decoded = decodeYamlFile(file, FILE);
  if (!decoded.ok) return decoded;
  const options = Object.fromEntries(
    Object.entries(decoded.value ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [
        // `groups` counts groups in a load plan, and chooses them by name for a run, which this file is about.
        key === "groups"
          ? "pushedGroups"
          : key.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
        value,
      ]),
  );
  return { ok: true, options: options as RunOptions };
}
