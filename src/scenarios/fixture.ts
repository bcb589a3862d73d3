import { existsSync, readdirSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import { decodeJson, MEGABYTE, readText, z } from "../decode/index.ts";
import type { Json } from "../model/json.ts";
import type { Problem } from "../model/problem.ts";
import { isDirected, readBody } from "./body.ts";
import { complain, type Fixture, type Fixtures, type Mention, type Reading } from "./reading.ts";

/** The bodies of `fixtures/`, each read once. Problems inside one are gathered under its own name. */
export class FixtureShelf implements Fixtures {
  readonly problems: Problem[] = [];
  readonly #folder: string;
  readonly #read = new Map<string, Fixture>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  take(name: string): Fixture {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const fixture = this.#fetch(name);
    this.#read.set(name, fixture);
    return fixture;
  }

  #fetch(name: string): Fixture {
    const inside = !isAbsolute(name) && !normalize(name).startsWith("..") && name.endsWith(".json");
    const file = join(this.#folder, name);
    if (!inside || !existsSync(file)) return { kind: "unknown", known: this.#names() };
    const text = readText(file, MEGABYTE);
    const decoded = text.ok ? decodeJson(text.text, file, z.unknown()) : text;
    if (!decoded.ok) {
      this.problems.push(...decoded.problems);
      return { kind: "broken" };
    }
    const mentions: Mention[] = [];
    const problems: Problem[] = [];
    const reading: Reading = {
      places: decoded,
      fixtures: this,
      problems,
      mentions,
      step: -1,
      part: "request",
    };
    const value = decoded.value as Json;
    if (isDirected(value)) {
      complain(reading, decoded.placeOf([]), "A fixture cannot be made from another.", "Write its JSON out.");
    }
    const body = readBody(value, [], reading);
    this.problems.push(...problems);
    const slots = mentions.flatMap((mention) => (mention.kind === "slot" ? [mention.name] : []));
    return problems.length > 0 ? { kind: "broken" } : { kind: "found", body, slots: [...new Set(slots)] };
  }

  #names(): readonly string[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder, { recursive: true, encoding: "utf8" })
      .map((name) => name.replaceAll("\\", "/"))
      .filter((name) => name.endsWith(".json"))
      .toSorted();
  }
}
