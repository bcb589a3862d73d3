import type { Exchange, Request } from "../model/exchange.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import type { Made } from "../model/play.ts";
import type { Collection } from "../model/scim.ts";

/**
 * Keeps account of what a run made on the server, whatever was expected: a body that ought to be refused may
 * have been accepted. An entry is made before its request is sent and completed by the answer.
 */
export class MadeLog {
  readonly #entries: Entry[] = [];
  readonly #byName = new Map<string, Entry>();
  readonly #isOurs: (name: string) => boolean;

  constructor(isOurs: (name: string) => boolean) {
    this.#isOurs = isOurs;
  }

  /** In the order in which they were made. */
  get entries(): readonly Made[] {
    return this.#entries;
  }

  /** Call before sending; the returned function takes the exchange. */
  beforeSending(request: Request): (exchange: Exchange) => void {
    const sent = resourceIn(request);
    if (sent === undefined || !this.#isOurs(sent.name)) return () => {};
    if (sent.id !== undefined && this.#entries.some((entry) => entry.id === sent.id)) return () => {};
    const { collection, name } = sent;
    const earlier = this.#byName.get(`${collection} ${name}`);
    const entry = earlier ?? this.#add({ collection, name });
    return (exchange) => {
      const id = idMadeBy(exchange);
      if (id !== undefined && entry.id === undefined) entry.id = id;
      else if (id !== undefined && entry.id !== id) this.#add({ collection, name, id });
      if (earlier === undefined && neverLeft(exchange)) this.#forget(entry);
    };
  }

  #add(entry: Entry): Entry {
    this.#entries.push(entry);
    this.#byName.set(`${entry.collection} ${entry.name}`, entry);
    return entry;
  }

  #forget(entry: Entry): void {
    const index = this.#entries.lastIndexOf(entry);
    if (index !== -1) this.#entries.splice(index, 1);
    this.#byName.delete(`${entry.collection} ${entry.name}`);
  }
}

type Entry = { -readonly [Key in keyof Made]: Made[Key] };

// A refusal does not prove that nothing was stored: a server may answer 429 or 500 and have applied the write.
// Only a request that never reached the server made nothing for certain.
function neverLeft({ outcome }: Exchange): boolean {
  return outcome.kind === "silence" && (outcome.reason === "refused" || outcome.reason === "unresolved");
}

function idMadeBy({ outcome }: Exchange): string | undefined {
  return outcome.kind === "answer" && outcome.status < 300 ? idIn(outcome.body) : undefined;
}

interface SentResource {
  readonly collection: Collection;
  readonly name: string;
  /** From the path of a PUT. */
  readonly id?: string;
}

const WRITES = /^\/(Users|Groups)(?:\/([^/?]+))?(?:\?|$)/;

function resourceIn(request: Request): SentResource | undefined {
  if ((request.method !== "POST" && request.method !== "PUT") || request.body === undefined) return undefined;
  const match = WRITES.exec(request.path);
  const body = parsed(request.body);
  if (match === null || !isJsonObject(body)) return undefined;
  const collection = match[1] as Collection;
  const name = body[collection === "Users" ? "userName" : "displayName"];
  if (typeof name !== "string") return undefined;
  return match[2] === undefined
    ? { collection, name }
    : { collection, name, id: decodeURIComponent(match[2]) };
}

function idIn(body: string): string | undefined {
  const value = parsed(body);
  if (!isJsonObject(value)) return undefined;
  const { id } = value;
  return typeof id === "string" && id !== "" ? id : typeof id === "number" ? String(id) : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
