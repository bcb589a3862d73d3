import type { Flow } from "../../model/behaviour.ts";
import type { BodyTemplate, Scenario, SendStep, Template } from "../../model/scenario.ts";
import { URN } from "../../model/scim.ts";

/** Names of what builds the population, as operations. */
export const POPULATION_OPERATIONS: readonly string[] = [
  "population/create-user",
  "population/create-group",
  "population/add-members",
  "population/put-members",
];

/** What builds the population, as scenarios of one step: compiled and played like any other. */
export function creation(collection: "Users" | "Groups", body: BodyTemplate): Scenario {
  const step = { method: "POST", path: text(`/${collection}`), body };
  return scenario(`population/create-${collection === "Users" ? "user" : "group"}`, step, [["id", "id"]]);
}

/** Puts people into a standing group, as a catalogue app does (one PATCH) or a custom app (the whole group). */
export function filling(oktaApp: "aiw" | "oin"): Scenario {
  const crowd: BodyTemplate = { kind: "text", template: slot("crowd") };
  const path: Template = { parts: ["/Groups/", { name: "standing.id", transforms: [] }] };
  if (oktaApp === "oin") {
    const operation = object({ op: literal("add"), path: literal("members"), value: crowd });
    const body = object({
      schemas: literal([URN.patchOp]),
      Operations: { kind: "array", items: [operation] },
    });
    return scenario("population/add-members", { method: "PATCH", path, body }, []);
  }
  const body = object({
    schemas: literal([URN.group]),
    id: { kind: "text", template: slot("standing.id") },
    displayName: { kind: "text", template: slot("standing.displayName") },
    members: crowd,
  });
  return scenario("population/put-members", { method: "PUT", path, body }, []);
}

const text = (plain: string): Template => ({ parts: [plain] });
const slot = (name: string): Template => ({ parts: [{ name, transforms: [] }] });
const literal = (value: string | readonly string[]): BodyTemplate => ({ kind: "literal", value });
const object = (entries: Readonly<Record<string, BodyTemplate>>): BodyTemplate => ({
  kind: "object",
  entries: Object.entries(entries),
});

const PLACE = { file: "population" };

function scenario(
  id: string,
  request: Pick<SendStep, "method" | "path" | "body">,
  remember: SendStep["remember"],
): Scenario {
  const step: SendStep = {
    kind: "send",
    id: id.split("/")[1] ?? id,
    place: PLACE,
    expect: [],
    remember,
    query: [],
    headers: [],
    credential: "given",
    speaker: "okta",
    settles: false,
    ...request,
  };
  return {
    id,
    title: id,
    place: PLACE,
    flow: "create" as Flow,
    oktaApp: "both",
    needs: [],
    exclusive: false,
    repeatable: true,
    writes: true,
    inputs: [],
    steps: [step],
  };
}
