import type { Answer, Exchange, Request } from "../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { jsonBody } from "../model/json-body.ts";
import type { Verdict } from "../model/verdict.ts";
import { Beginning, shortened } from "./beginning.ts";
import { MASK, Quotations } from "./quotations.ts";

/** What stays readable of somebody else's resource: how it is addressed and what kind of thing it is. */
const KEPT = new Set(["schemas", "id", "resourceType", "type", "created", "lastModified", "version"]);
const DEEPEST = 64;
/** Characters; every name of ours is far shorter, and so is what a server makes of it. */
const LONGEST_NAME = 10_000;
/** Values, and characters of them, that are looked for in findings: as many as a page of ten thousand people holds. */
const MOST_VALUES = 300_000;
const MOST_CHARACTERS = 10_000_000;
/** What tells nothing of anybody, whatever the answers held. */
const NOBODYS = /^(?:absent|present|\d{3})$/;
/** Schemas have ids and names as people have, and are nobody's. */
const DISCOVERY = /^\/(Schemas|ResourceTypes|ServiceProviderConfig)\b/;

/**
 * Masks the attribute values of resources that the run did not make: an import walk meets real people, and a
 * report is sent around. Texts that were masked are also masked where a finding quotes them. One mask serves one play,
 * and is let go with it: a tenant has millions of values.
 */
export class ForeignMask {
  readonly #isOurs: (name: string) => boolean;
  readonly #values = new Set<string>();
  #characters = 0;
  /** There were more values than can be kept, so that it cannot be told what of a finding is one of them. */
  #isFull = false;
  #quotations: Quotations | undefined;

  constructor(isOurs: (name: string) => boolean) {
    this.#isOurs = isOurs;
  }

  /**
   * The exchange as a report may show it.
   * @param limit characters of the answer's body that are kept; all unless given
   */
  exchange(exchange: Exchange, limit = Number.POSITIVE_INFINITY): Exchange {
    const { outcome } = exchange;
    if (outcome.kind === "silence") return exchange;
    const body = this.#masked(exchange, outcome, limit) ?? shortened(outcome.body, limit);
    return body === outcome.body ? exchange : { ...exchange, outcome: { ...outcome, body } };
  }

  /** Call only after all exchanges: before that it is not known which texts belong to other people. */
  verdict(verdict: Verdict): Verdict {
    if (verdict.kind !== "fail" || this.#characters === 0) return verdict;
    return {
      ...verdict,
      findings: verdict.findings.map((finding) => ({
        ...finding,
        actual: this.#quoted(finding.actual),
        expected: this.#quoted(finding.expected),
      })),
    };
  }

  #quoted(text: string): string {
    if (this.#isFull) return NOBODYS.test(text) ? text : MASK;
    if (this.#quotations?.of !== this.#values.size) this.#quotations = new Quotations(this.#values);
    return this.#quotations.maskedIn(text);
  }

  #hide(value: string): void {
    if (this.#isFull || this.#values.has(value)) return;
    this.#characters += value.length;
    this.#isFull = this.#characters > MOST_CHARACTERS || this.#values.size === MOST_VALUES;
    if (!this.#isFull) this.#values.add(value);
  }

  /** The answer to a create is about ours when it shows anything of ours, whatever name the server made of it. */
  #isOurCreate({ method, body }: Request): boolean {
    return method === "POST" && body !== undefined && this.#isOurs(body);
  }

  /** The body written anew without other people's values; undefined where it shows none. */
  #masked({ request }: Exchange, answer: Answer, limit: number): string | undefined {
    const value = DISCOVERY.test(request.path) ? undefined : jsonBody(answer);
    if (value === undefined) return undefined;
    const list = listIn(value);
    const isOurs = list === undefined && this.#isOurCreate(request) && this.#showsOurs(value);
    const foreign = new Set(isOurs ? [] : (list ?? [value]).filter((resource) => this.#isForeign(resource)));
    if (foreign.size === 0) return undefined;
    const text = new Beginning(limit);
    this.#writeResources(value, foreign, text);
    return text.toString();
  }

  #isForeign(resource: Json): resource is JsonObject {
    if (!isJsonObject(resource) || resource.id === undefined) return false;
    // A user without a userName is told apart by the addresses: displayName is only what a person is called.
    const { userName, displayName, emails } = resource;
    if (typeof userName !== "string" && Array.isArray(emails)) return !this.#showsOurs(emails);
    const name = userName ?? displayName;
    // Without a name, anything of ours in it tells it apart.
    return !(typeof name === "string" ? this.#isOurs(name) : this.#showsOurs(resource));
  }

  /** Whether any text in a value is ours, at whatever depth. */
  #showsOurs(value: Json): boolean {
    const open: Json[] = [value];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (typeof one === "string" && one.length < LONGEST_NAME && this.#isOurs(one)) return true;
      if (typeof one !== "object" || one === null) continue;
      for (const [key, inner] of Object.entries(one)) {
        if (this.#isOurs(key)) return true;
        open.push(inner);
      }
    }
    return false;
  }

  /** A resource, a list of them, or a message with such a list; piece by piece, because all of it may be large. */
  #writeResources(value: Json, foreign: ReadonlySet<Json>, text: Beginning): void {
    if (foreign.has(value)) this.#write(value, 0, text);
    else if (Array.isArray(value)) {
      inBrackets("[]", value as readonly Json[], text, (one) => this.#writeResources(one, foreign, text));
    } else if (isJsonObject(value) && Array.isArray(value.Resources)) {
      inBrackets("{}", Object.keys(value), text, (key) => {
        text.add(`${written(key)}:`);
        if (key === "Resources") this.#writeResources(value.Resources ?? null, foreign, text);
        else text.add(written(value[key] ?? null));
      });
    } else text.add(written(value));
  }

  #write(value: Json, depth: number, text: Beginning): void {
    if (depth > DEEPEST) text.add(written(MASK));
    else if (typeof value === "string" || typeof value === "number") {
      this.#hide(String(value));
      text.add(written(MASK));
    } else if (Array.isArray(value)) {
      inBrackets("[]", value as readonly Json[], text, (item) => this.#write(item, depth + 1, text));
    } else if (isJsonObject(value)) {
      inBrackets("{}", Object.keys(value), text, (key) => {
        const member = value[key] ?? null;
        text.add(`${written(key)}:`);
        if (KEPT.has(key) && isPlain(member)) text.add(written(member));
        else this.#write(member, depth + 1, text);
      });
    } else text.add(written(value));
  }
}

/** The resources of a list, or of a bare array; undefined for a single one. */
function listIn(value: Json): readonly Json[] | undefined {
  if (Array.isArray(value)) return value;
  return isJsonObject(value) && Array.isArray(value.Resources) ? value.Resources : undefined;
}

function inBrackets<Item>(
  brackets: "{}" | "[]",
  items: readonly Item[],
  text: Beginning,
  write: (item: Item) => void,
): void {
  text.add(brackets.charAt(0));
  for (const [index, item] of items.entries()) {
    if (index > 0) text.add(",");
    write(item);
  }
  text.add(brackets.charAt(1));
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
