import { BadInput } from "../model/problem.ts";
import type { BodyTemplate } from "../model/scenario.ts";
import { FixtureShelf } from "./fixture.ts";

/** One body of `fixtures/`, for requests that no scenario file writes out. Throws `BadInput`. */
export function loadBody(folder: string, name: string): BodyTemplate {
  const shelf = new FixtureShelf(folder);
  const fixture = shelf.take(name);
  if (fixture.kind === "found") return fixture.body;
  throw new BadInput(
    shelf.problems.length > 0
      ? shelf.problems
      : [{ place: { file: name }, what: "There is no such fixture." }],
  );
}
