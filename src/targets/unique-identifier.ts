import type { Scenario, Step } from "../model/scenario.ts";

/** Whether a scenario is a part of the journey of Okta's administrator. */
export const isJourney = ({ id }: Pick<Scenario, "id">) => id.startsWith("targets/journey/");

/**
 * The same as an administrator sees it who chose this unique identifier field (Okta's page on SCIM app integrations;
 * TFE-137 leaves the choice open). Okta asks for the attribute `userName` either way. With `email` the address stands in
 * it; with `userName` a login does that is not the person's address, so that a server that looks into the wrong one of
 * the two is seen.
 */
export const identifiedByField = (field: "userName" | "email", scenario: Scenario): Scenario => {
  const [pattern, replacement] = RENAMED[field];
  return {
    ...scenario,
    steps: scenario.steps.map((step): Step => renamed(step, (slot) => slot.replace(pattern, replacement))),
  };
};

/** Slots of names: `unique.userName` and `unique.bob.userName`. */
const RENAMED = {
  email: [/^(unique\.(?:[^.]+\.)?)userName$/, "$1email"],
  userName: [/^unique\.(?:([^.]+)\.)?email$/, "unique.mailbox-$1.email"],
} as const;

function renamed<Value>(value: Value, rename: (slot: string) => string): Value {
  if (Array.isArray(value)) return value.map((item: unknown) => renamed(item, rename)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [
      key,
      key === "name" && typeof item === "string" ? rename(item) : renamed(item, rename),
    ]),
  ) as Value;
}
