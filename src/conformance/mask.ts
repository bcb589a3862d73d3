import type { Exchange } from "../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Verdict } from "../model/verdict.ts";

const MASK = "«masked»";
/** What stays readable of somebody else's resource: how it is addressed and what kind of thing it is. */
const KEPT = new Set(["schemas", "id", "resourceType", "type", "created", "lastModified", "version"]);
const DEEPEST = 64;

/**
 * Masks the attribute values of resources that the run did not make: an import walk meets real people, and a
 * report is sent around. Texts that were masked are also masked where a finding quotes them.
 */
export class ForeignMask {
  readonly #isOurs: (name: string) => boolean;
  readonly #masked = new Set<string>();

  constructor(isOurs: (name: string) => boolean) {
    this.#isOurs = isOurs;
  }

  exchange(exchange: Exchange): Exchange {
    const { outcome } = exchange;
    if (outcome.kind === "silence") return exchange;
    const value = parsed(outcome.body);
    if (value === undefined) return exchange;
    const masked = this.#resources(value);
    return masked === value
      ? exchange
      : { ...exchange, outcome: { ...outcome, body: JSON.stringify(masked) } };
  }

  verdict(verdict: Verdict): Verdict {
    if (verdict.kind !== "fail" || this.#masked.size === 0) return verdict;
    return {
      ...verdict,
      findings: verdict.findings.map((finding) => ({
        ...finding,
        actual: this.#text(finding.actual),
        expected: this.#text(finding.expected),
      })),
    };
  }

  #text(text: string): string {
    let masked = text;
    for (const value of this.#masked) {
      // Very short values would riddle the sentence with holes and tell nothing about a person.
      if (value.length > 2 && masked.includes(value)) masked = masked.replaceAll(value, MASK);
    }
    return masked;
  }

  #resources(value: Json): Json {
    if (!isJsonObject(value)) return value;
    const list = value.Resources;
    if (Array.isArray(list)) {
      const masked = list.map((resource: Json) => this.#resource(resource));
      return masked.every((resource, index) => resource === list[index])
        ? value
        : { ...value, Resources: masked };
    }
    return this.#resource(value);
  }

  #resource(resource: Json): Json {
    if (!isJsonObject(resource)) return resource;
    const name = resource.userName ?? resource.displayName;
    if (typeof name !== "string" || resource.id === undefined || this.#isOurs(name)) return resource;
    return this.#object(resource, 0);
  }

  #object(object: JsonObject, depth: number): JsonObject {
    return Object.fromEntries(
      Object.entries(object).map(([key, value]) => [
        key,
        KEPT.has(key) ? value : this.#value(value, depth + 1),
      ]),
    );
  }

  #value(value: Json, depth: number): Json {
    if (depth > DEEPEST) return MASK;
    if (typeof value === "string") {
      this.#masked.add(value);
      return MASK;
    }
    if (Array.isArray(value)) return value.map((item: Json) => this.#value(item, depth + 1));
    return isJsonObject(value) ? this.#object(value, depth) : value;
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
