import { describe, expect, it } from "vitest";
import { catalogue } from "../src/catalogue/index.ts";
import { checks } from "../src/checks/index.ts";
import type { BodyTemplate, SendStep, Template } from "../src/model/scenario.ts";
import { actions } from "../src/okta/actions/index.ts";
import { loadScenarios } from "../src/scenarios/load.ts";

const loaded = loadScenarios({ folders: ["scenarios"], fixtures: "fixtures", catalogue, checks, actions });
const scenarios = loaded.ok ? loaded.scenarios : [];

/** Steps that send something wrong on purpose, and what is wrong. */
const WRONG_ON_PURPOSE: ReadonlyMap<string, string> = new Map([
  [
    "okta/authentication/no-credential#create-incomplete schemas",
    "a stranger is refused before the body is looked at",
  ],
  ["rfc/filters/refused#unclosed brackets", "a filter that is cut off has to be refused"],
]);

const textOf = ({ parts }: Template) => parts.map((part) => (typeof part === "string" ? part : "x")).join("");

/** What is amiss with the query of a step: a filter without quotes around its value, or brackets that do not close. */
function flawsOfFilter(step: SendStep): readonly string[] {
  return step.query.flatMap(([name, value]) => {
    if (name !== "filter") return [];
    const text = textOf(value).replaceAll(/"(\\.|[^"\\])*"/g, "v");
    const opens = text.split(/[([]/).length;
    const closes = text.split(/[)\]]/).length;
    const unquoted = /\b(eq|ne|co|sw|ew|gt|ge|lt|le)\s+(?!v\b|true\b|false\b|null\b|-?\d)/i.test(text);
    return [...(opens === closes ? [] : ["brackets"]), ...(unquoted || text.includes('"') ? ["quotes"] : [])];
  });
}

/** A write of a resource or a PATCH whose body names no schema. */
function flawsOfBody({ method, path, body }: SendStep): readonly string[] {
  if (body === undefined || !["POST", "PUT", "PATCH"].includes(method)) return [];
  if (!/^\/(Users|Groups)/.test(textOf(path))) return [];
  return mentions(body, "schemas") || fromAnswer(body) ? [] : ["schemas"];
}

const mentions = (body: BodyTemplate, name: string) => JSON.stringify(body).includes(`"${name}"`);
/** A body that was read is written back with the schemas it had. */
const fromAnswer = (body: BodyTemplate) => JSON.stringify(body).includes('"answer"');

describe("the requests of the built-in scenarios", () => {
  it("are valid SCIM, but for those whose point it is not to be", () => {
    const flawed = scenarios.flatMap(({ id, steps }) =>
      steps
        .filter((step) => step.kind === "send")
        .flatMap((step) =>
          [...flawsOfFilter(step), ...flawsOfBody(step)].map((flaw) => `${id}#${step.id} ${flaw}`),
        ),
    );
    expect(flawed.toSorted()).toEqual([...WRONG_ON_PURPOSE.keys()].toSorted());
  });
});
