import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Slot, TRANSFORMS } from "../../../src/model/scenario.ts";
import { parseTemplate, printTemplate } from "../../../src/scenarios/template.ts";

const partsOf = (text: string) => {
  const parsed = parseTemplate(text);
  return parsed.ok ? parsed.template.parts : parsed.problem;
};

describe("a text with slots", () => {
  it("is split into texts and slots", () => {
    expect(partsOf(`/Users/\${user}/x`)).toEqual(["/Users/", { name: "user", transforms: [] }, "/x"]);
  });

  it("is one slot when there is nothing around it", () => {
    expect(partsOf(`\${crowd[0].value}`)).toEqual([{ name: "crowd[0].value", transforms: [] }]);
  });

  it("has no parts when it is empty", () => {
    expect(partsOf("")).toEqual([]);
  });

  it("takes transforms after bars, with spaces or without", () => {
    expect(partsOf(`\${unique.bob.userName|filter | url}`)).toEqual([
      { name: "unique.bob.userName", transforms: ["filter", "url"] },
    ]);
  });

  it("leaves a dollar sign or a brace alone", () => {
    expect(partsOf("$5 {x} $")).toEqual(["$5 {x} $"]);
  });

  it.each([
    [`a \${user`, 2],
    [`\${}`, 0],
    [`xx\${two words}`, 2],
    [`\${user | shout}`, 0],
    [`\${user |}`, 0],
    [`\${user[}`, 0],
    [`\${5}`, 0],
    [`\${user["\\q"]}`, 0],
  ])("%s is refused, pointing to character %i", (text, offset) => {
    expect(partsOf(text)).toMatchObject({ offset });
  });

  const slot: fc.Arbitrary<Slot> = fc.record({
    name: fc.constantFrom(
      "user",
      "unique.userName",
      "unique.bob.email",
      "crowd[12].value",
      "limit.group-members",
    ),
    transforms: fc.array(fc.constantFrom(...TRANSFORMS), { maxLength: 3 }),
  });
  const text = fc.string({ minLength: 1 }).filter((plain) => !plain.includes("$"));

  it("comes back the same after printing and parsing", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, slot)), (pairs) => {
        const template = { parts: pairs.flat() };
        const parsed = parseTemplate(printTemplate(template));
        expect(parsed.ok && parsed.template).toEqual(template);
      }),
    );
  });

  it("never throws, whatever it is", () => {
    const piece = fc.constantFrom(`\${`, "}", "|", "[", '"', "\\", ".", "a", "$", " ");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((all) => all.join("")),
        ),
        (given) => {
          const parsed = parseTemplate(given);
          if (!parsed.ok) expect(parsed.problem.offset).toBeLessThan(given.length);
        },
      ),
    );
  });
});
