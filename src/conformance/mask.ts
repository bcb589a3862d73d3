import type { Exchange, Request } from "../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject, jsonIn } from "../model/json.ts";
import type { Verdict } from "../model/verdict.ts";
import { MASK, Quotations } from "./quotations.ts";

/** What stays readable of somebody else's resource: how it is addressed and what kind of thing it is. */
const KEPT = new Set(["schemas", "id", "resourceType", "type", "created", "lastModified", "version"]);
const DEEPEST = 64;
/** Schemas have ids and names as people have, and are nobody's. */
const DISCOVERY = /^\/(Schemas|ResourceTypes|ServiceProviderConfig)\b/;

/**
 * Masks the attribute values of resources that the run did not make: an import walk meets real people, and a
 * report is sent around. Texts that were masked are also masked where a finding quotes them. One mask serves one play,
 * and is let go with it: a tenant has millions of values.
 */
export class ForeignMask {
  readonly #isOurs: (name: string) => boolean;
  readonly #masked = new Set<string>();
  #quotations: Quotations | undefined;

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
    if (this.#quotations?.of !== this.#masked.size) this.#quotations = new Quotations(this.#masked);
    const quotations = this.#quotations;
    return {
      ...verdict,
      findings: verdict.findings.map((finding) => ({
        ...finding,
        actual: quotations.maskedIn(finding.actual),
        expected: quotations.maskedIn(finding.expected),
      })),
    };
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
