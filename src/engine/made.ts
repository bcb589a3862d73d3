import { type Exchange, headerValue, type Request, type SilenceReason } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";
import type { Made } from "../model/play.ts";
import type { Collection } from "../model/scim.ts";
import { lastJson } from "./last-json.ts";
import { decoded, resourceSentIn, type SentResource } from "./sent-resource.ts";
import { isSuccess } from "./told-outcome.ts";
import { idOf, isUsable, nameOf, nameShown } from "./told-resource.ts";

/** One resource that has to be removed, or a name that has to be searched for. */
export interface Recorded extends Made {
  /** No answer came: the server may still be at it when clean-up begins. */
  readonly unanswered?: boolean;
  /** The id in the address of what an answer does not show; it counts where a search tells no id either. */
  readonly located?: string;
  /** The id that an answer gave, together with a name that is not ours. It is not touched. */
  readonly strangeId?: string;
  /** A PATCH wrote what some servers take the id from: it may be there under another one. */
  readonly mayHaveMoved?: boolean;
}

export interface MadeLogOptions {
  /** Whether a name carries the marker of this run. */
  readonly isOurs: (name: string) => boolean;
  /** Whether a request travelled more than once without the play noticing, after a 429 that may have been applied. */
  readonly wasRepeated?: (request: Request) => boolean;
  /** Told each id that an answer gives, once. */
  readonly onId?: (collection: Collection, id: string) => void;
}

/**
 * Keeps account of what a run made on the server, whatever was expected: a body that ought to be refused may
 * have been accepted. An entry is made before its request is sent. It goes away when the answer told an id, which
 * gets an entry of its own, and stays for a search by name whenever more may have been made than ids are known.
 */
export class MadeLog {
  readonly #entries = new Set<Entry>();
  readonly #ids = new Set<string>();
  readonly #open = new Map<string, Entry>();
  readonly #options: MadeLogOptions;

  constructor(options: MadeLogOptions) {
    this.#options = options;
  }

  /** In the order in which they were made. */
  get entries(): readonly Recorded[] {
    return [...this.#entries].map(({ underWay: _underWay, isSure: _isSure, ...entry }) => entry);
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** Whether a resource in an answer may be written to: it is ours, or shows no name. */
  mayBeOurs(resource: Json | undefined): boolean {
    const name = nameOf(resource);
    return name === undefined || this.#options.isOurs(name);
  }

  /** Call before sending; the returned function takes the exchange. */
  beforeSending(request: Request): (exchange: Exchange) => void {
    const sent = resourceSentIn(request);
    if (sent === undefined || (sent.name !== undefined && !this.#options.isOurs(sent.name))) return () => {};
    if (sent.id !== undefined && (sent.name === undefined || this.#ids.has(keyOf(sent, sent.id)))) {
      if (request.method === "PATCH" && WRITES_AN_ID.test(request.body ?? "")) this.#move(sent, sent.id);
      return () => {};
    }
    const entry = this.#expect(sent);
    return (exchange) => this.#take(exchange, sent, entry, request);
  }

  #move({ collection }: SentResource, id: string): void {
    for (const entry of this.#entries) {
      if (entry.collection === collection && entry.id === id) entry.mayHaveMoved = true;
    }
  }

  #expect(sent: SentResource): Entry {
    const key = keyOf(sent, sent.name ?? "");
    const known = this.#open.get(key);
    const entry = known ?? { collection: sent.collection, name: sent.name ?? "", underWay: 0, isSure: true };
    entry.underWay += 1;
    this.#open.set(key, entry);
    this.#entries.add(entry);
    return entry;
  }

  #take(exchange: Exchange, sent: SentResource, entry: Entry, request: Request): void {
    entry.underWay -= 1;
    const told = lastJson([exchange]);
    const id = idOf(told);
    const shown = nameShown(told, sent.collection);
    const isOurs = shown === undefined || this.#options.isOurs(shown);
    const isNameless = sent.name === undefined && shown?.trim() === "";
    if (id !== undefined && (isOurs || isNameless)) this.#addId(sent, id, shown);
    else if (id !== undefined) this.#doubt(entry, { strangeId: id });
    else if (shown !== undefined && isOurs && isPutThere(exchange, sent)) this.#addId(sent, sent.id, shown);
    else if (!madeNothing(exchange)) {
      const located =
        idInLocation(exchange, sent.collection) ?? (isPutThere(exchange, sent) ? sent.id : undefined);
      const isSilent = exchange.outcome.kind === "silence";
      if (located !== undefined) this.#options.onId?.(sent.collection, located);
      this.#doubt(entry, isSilent ? { unanswered: true } : located === undefined ? {} : { located });
    }
    if (this.#options.wasRepeated?.(request) === true) this.#doubt(entry, {});
    if (entry.underWay === 0 && entry.isSure) {
      this.#entries.delete(entry);
      this.#open.delete(keyOf(sent, entry.name));
    }
  }

  #addId(sent: SentResource, id: string, shown: string | undefined): void {
    const key = keyOf(sent, id);
    if (this.#ids.has(key)) return;
    this.#ids.add(key);
    this.#options.onId?.(sent.collection, id);
    this.#entries.add({
      collection: sent.collection,
      name: sent.name ?? shown ?? "",
      id,
      underWay: 0,
      isSure: true,
    });
  }

  // A nameless entry cannot be searched for: what told no id of it made nothing that could be found.
  #doubt(entry: Entry, why: Pick<Recorded, "unanswered" | "strangeId" | "located">): void {
    if (entry.name === "" && why.strangeId === undefined) return;
    entry.isSure = false;
    Object.assign(entry, why);
  }
}

/** A created resource is also known by its address (RFC 7644 3.3). */
function idInLocation({ outcome }: Exchange, collection: Collection): string | undefined {
  if (outcome.kind !== "answer" || outcome.status !== 201) return undefined;
  const address = headerValue(outcome.headers, "Location") ?? "";
  const segment = new RegExp(`/${collection}/([^/?#]+)$`).exec(address)?.[1];
  const id = segment === undefined ? undefined : decoded(segment);
  return isUsable(id) ? id : undefined;
}

/** Who takes a replace of nobody for a create has them under the address that was asked for, whatever the answer shows. */
function isPutThere(
  { request, outcome }: Exchange,
  sent: SentResource,
): sent is SentResource & { readonly id: string } {
  return request.method === "PUT" && isUsable(sent.id) && outcome.kind === "answer" && isSuccess(outcome);
}

/** Servers exist whose id is the client's external id. */
const WRITES_AN_ID = /"(?:id|externalId)"/i;

interface Entry extends Omit<Recorded, "unanswered" | "strangeId" | "located" | "mayHaveMoved"> {
  unanswered?: boolean;
  strangeId?: string;
  located?: string;
  mayHaveMoved?: boolean;
  /** Requests of this name whose exchange has not come yet. */
  underWay: number;
  /** Every request of this name told an id or never left. */
  isSure: boolean;
}

const keyOf = ({ collection }: SentResource, text: string) => `${collection} ${text}`;

// A refusal does not prove that nothing was stored: a server may answer 429 or 500 and have applied the write.
// Only a request that never reached the server made nothing for certain.
const NEVER_ARRIVED = new Set<SilenceReason>(["refused", "unresolved", "no-token"]);

function madeNothing({ outcome }: Exchange): boolean {
  return outcome.kind === "silence" && NEVER_ARRIVED.has(outcome.reason);
}
