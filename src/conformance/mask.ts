import type { Exchange, Request } from "../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject, jsonIn } from "../model/json.ts";
import type { Verdict } from "../model/verdict.ts";

const MASK = "«masked»";
/** What stays readable of somebody else's resource: how it is addressed and what kind of thing it is. */
const KEPT = new Set(["schemas", "id", "resourceType", "type", "created", "lastModified", "version"]);
const DEEPEST = 64;
/** Schemas have ids and names as people have, and are nobody's. */
const DISCOVERY = /^\/(Schemas|ResourceTypes|ServiceProviderConfig)\b/;

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
    const { outcome, request } = exchange;
    if (outcome.kind === "silence" || DISCOVERY.test(request.path)) return exchange;
    const value = jsonIn(outcome.body);
    if (value === undefined) return exchange;
    const masked = this.#resources(value, this.#isOurCreate(request));
    return masked === value ? exchange : { ...exchange, outcome: { ...outcome, body: written(masked) } };
  }

  /** Call only after all exchanges: before that it is not known which texts belong to other people. */
  verdict(verdict: Verdict): Verdict {
    if (verdict.kind !== "fail" || this.#masked.size === 0) return verdict;
    const quoted = this.#quotable();
    return {
      ...verdict,
      findings: verdict.findings.map((finding) => ({
        ...finding,
        actual: maskedText(finding.actual, quoted),
        expected: maskedText(finding.expected, quoted),
      })),
    };
  }

  /** Longest first, so that no part of a longer value is left; also as JSON writes them. */
  #quotable(): readonly string[] {
    const texts = new Set([...this.#masked].flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]));
    // Very short values would riddle the sentence with holes and tell nothing about a person.
    return [...texts].filter(({ length }) => length > 2).sort((one, other) => other.length - one.length);
  }

  /** The answer to a create is about ours when it shows anything of ours, whatever name the server made of it. */
  #isOurCreate({ method, body }: Request): boolean {
    return method === "POST" && body !== undefined && this.#isOurs(body);
  }

  #resources(value: Json, isOurCreate: boolean): Json {
    if (Array.isArray(value)) return this.#list(value);
    if (!isJsonObject(value)) return value;
    if (Array.isArray(value.Resources)) {
      const list = value.Resources as readonly Json[];
      const masked = this.#list(list);
      return masked === list ? value : { ...value, Resources: masked };
    }
    return isOurCreate && this.#isOurs(written(value)) ? value : this.#resource(value);
  }

  #list(list: readonly Json[]): readonly Json[] {
    const masked = list.map((resource) => this.#resource(resource));
    return masked.every((resource, index) => resource === list[index]) ? list : masked;
  }

  #resource(resource: Json): Json {
    if (!isJsonObject(resource) || resource.id === undefined) return resource;
    const name = resource.userName ?? resource.displayName;
    // Without a name, anything of ours in it tells it apart.
    const isOurs = typeof name === "string" ? this.#isOurs(name) : this.#isOurs(written(resource));
    return isOurs ? resource : this.#object(resource, 0);
  }

  #object(object: JsonObject, depth: number): JsonObject {
    return Object.fromEntries(
      Object.entries(object).map(([key, value]) => [
        key,
        KEPT.has(key) && isPlain(value) ? value : this.#value(value, depth + 1),
      ]),
    );
  }

  #value(value: Json, depth: number): Json {
    if (depth > DEEPEST) return MASK;
    if (typeof value === "string" || typeof value === "number") {
      this.#masked.add(String(value));
      return MASK;
    }
    if (Array.isArray(value)) return value.map((item: Json) => this.#value(item, depth + 1));
    return isJsonObject(value) ? this.#object(value, depth) : value;
  }
}

function maskedText(text: string, quoted: readonly string[]): string {
  let masked = text;
  for (const value of quoted) if (masked.includes(value)) masked = masked.replaceAll(wholly(value), MASK);
  // A quotation that was cut off may end in the beginning of a value.
  const kept = /^(.*)…$/s.exec(masked)?.[1];
  if (kept === undefined) return masked;
  const cut = quoted.map((value) => overlap(kept, value)).reduce((one, other) => Math.max(one, other), 0);
  return cut === 0 ? masked : `${kept.slice(0, -cut)}${MASK}…`;
}

/** A number is masked where it stands whole: as a part of another, a port or a count, it is nobody's. */
const wholly = (value: string) => (/^\d+$/.test(value) ? new RegExp(`(?<!\\d)${value}(?!\\d)`, "g") : value);

/** How many characters at the end of a text are the beginning of a value; less than three tell nothing. */
function overlap(text: string, value: string): number {
  for (let length = Math.min(text.length, value.length - 1); length > 2; length -= 1) {
    if (text.endsWith(value.slice(0, length))) return length;
  }
  return 0;
}

const isPlain = (value: Json) =>
  typeof value !== "object" || (Array.isArray(value) && value.every((item) => typeof item === "string"));

/** As JSON; a value too deep for that belongs to nobody. */
function written(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(MASK);
  }
}
