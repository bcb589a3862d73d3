import type { Exchange } from "../../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Action, ActionContext, ActionResult, Playable } from "../../model/play.ts";
import { idOf, type List, listIn, totalOf } from "./list-of-page.ts";

const DEFAULT_MAX_PAGES = 50;
/** Characters that the ids of one walk may have; half a million people. A walk that comes past more is cut. */
const MOST_ID_CHARACTERS = 20_000_000;

/**
 * One page as it was answered. `totalResults`, `itemsPerPage` and `echoed` (the answer's startIndex) are what
 * the server sent, of whatever type; null where it sent nothing.
 */
interface Page {
  readonly startIndex: number;
  readonly asked: number;
  readonly got: number;
  readonly totalResults: Json;
  readonly itemsPerPage: Json;
  readonly echoed: Json;
}

/**
 * Why a walk ended.
 * - `covered`: the pages asked for cover totalResults
 * - `empty-page`: totalResults promised more, but a page was empty
 * - `cut`: maxPages was reached, or (`full`) the ids are more than are held
 * - `unusable`: an answer was not a list
 */
type End = "covered" | "empty-page" | "cut" | "unusable";

interface Walk {
  readonly ids: readonly string[];
  readonly pages: readonly Page[];
  readonly end: End;
  /** Where the next page would have started. */
  readonly next: number;
  readonly totalChanged: boolean;
  /** The walk was cut because its ids are more than are held. */
  readonly full?: true;
  /** The size of the server's largest page, where it gave fewer resources than asked for and has the rest. */
  readonly cappedAt?: number;
  /** What was wrong with the answer, when `end` is `unusable`. */
  readonly problem?: string;
  /** The resources with the id that was looked for. */
  readonly found: readonly JsonObject[];
  /** The exchanges worth showing: the first, the last, and those that show what was looked for. */
  readonly shown: readonly Exchange[];
}

interface Order {
  readonly endpoint: string;
  readonly count: number;
  readonly maxPages: number;
  readonly filter?: string;
  readonly lookFor?: string;
}

/**
 * Reads a whole collection the way an import does: startIndex 1, 1 + count, … while totalResults exceeds what
 * was covered (okta-behaviors OKTA-IMPORT-02). It always comes to an end, whatever totalResults says.
 *
 * Facts: `walks`, each `{ ids, pages, end, totalChanged, full?, cappedAt?, problem? }` with ids as texts in the order
 * seen; `found`, the resources whose id is `lookFor`; `noDivisor: true` when `exactMultiple` was asked and cannot be had; and,
 * when the last walk covered a total that stood still, `total` and `pastEnd`, the first startIndex past the end.
 */
export const listAllPages: Action = {
  name: "list-all-pages",
  summary: "Walks through a collection page by page as an import does, once or several times.",
  takes: ["endpoint", "count", "walks?", "maxPages?", "filter?", "lookFor?", "exactMultiple?"],
  reads: true,
  *perform(given, context) {
    const asked = orderOf(given);
    const order = given.exactMultiple === true ? yield* dividing(asked, context) : asked;
    if (order === undefined) return { exchanges: [], facts: { walks: [], found: [], noDivisor: true } };
    const walks: Walk[] = [];
    const times = positive(given.walks, 1);
    for (let round = 0; round < times; round += 1) {
      const before = walks.pop();
      if (before !== undefined) walks.push({ ...before, shown: before.shown.map(context.brief) });
      walks.push(yield* walk(order, context));
    }
    return resultOf(walks);
  },
};

function resultOf(walks: readonly Walk[]): ActionResult {
  const last = walks.at(-1);
  const total = last === undefined ? undefined : totalOf(last.pages.at(-1)?.totalResults);
  const whole =
    last !== undefined && !last.totalChanged && (last.end === "covered" || last.end === "empty-page");
  return {
    exchanges: walks.flatMap(({ shown }) => shown),
    facts: {
      walks: walks.map(factsOf),
      found: walks.at(-1)?.found ?? [],
      ...(whole && total !== undefined ? { total, pastEnd: last.next } : {}),
    },
  };
}

function factsOf({ ids, pages, end, totalChanged, full, cappedAt, problem }: Walk): Json {
  return {
    ids,
    pages: pages.map((page): Json => ({ ...page })),
    end,
    totalChanged,
    ...(full === undefined ? {} : { full }),
    ...(cappedAt === undefined ? {} : { cappedAt }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function orderOf(given: Readonly<Record<string, Json>>): Order {
  return {
    endpoint: String(given.endpoint ?? "/Users"),
    count: positive(given.count, 100),
    maxPages: positive(given.maxPages, DEFAULT_MAX_PAGES),
    ...(typeof given.filter === "string" ? { filter: given.filter } : {}),
    ...(given.lookFor === undefined || given.lookFor === null ? {} : { lookFor: String(given.lookFor) }),
  };
}

function positive(value: Json | undefined, otherwise: number): number {
  const number = Number(value ?? otherwise);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
}

/** The same order with a page size that divides the number of resources, so that the last page is a full one. */
function* dividing(order: Order, context: ActionContext): Playable<Order | undefined> {
  const reply = yield { kind: "send", request: context.request("GET", pathOf(order, 1)) };
  const list = listIn(reply.exchanges[0]?.outcome);
  reply.exchanges.forEach(context.brief);
  if (!list.ok || list.total === 0) return undefined;
  const { total } = list;
  for (let count = Math.min(order.count, total - 1); count >= 2; count -= 1) {
    if (total % count === 0 && total / count <= order.maxPages) return { ...order, count };
  }
  return total <= order.count ? { ...order, count: total } : undefined;
}

function* walk(order: Order, context: ActionContext): Playable<Walk> {
  const notes = new Notes(order, context.brief);
  for (let startIndex = 1; ; startIndex += order.count) {
    if (notes.pages.length === order.maxPages) return notes.walk("cut", startIndex);
    const reply = yield { kind: "send", request: context.request("GET", pathOf(order, startIndex)) };
    const exchange = reply.exchanges[0];
    const list = listIn(exchange?.outcome);
    notes.take(startIndex, list, exchange);
    if (!list.ok) return notes.walk("unusable", startIndex);
    if (notes.isFirstShort(list, startIndex)) {
      const after = startIndex + list.resources.length;
      const rest = yield { kind: "send", request: context.request("GET", pathOf(order, after)) };
      notes.takeRest(list.resources.length, listIn(rest.exchanges[0]?.outcome));
      rest.exchanges.forEach(context.brief);
    }
    const next = startIndex + order.count;
    if (list.total < next) return notes.walk("covered", next);
    if (list.resources.length === 0) return notes.walk("empty-page", startIndex);
    if (notes.areFull) return { ...notes.walk("cut", next), full: true };
  }
}

/** What is kept of a walk: ids rather than resources, so that a hundred thousand users can be walked. */
class Notes {
  readonly pages: Page[] = [];
  readonly #ids: string[] = [];
  readonly #found: JsonObject[] = [];
  readonly #shown: Exchange[] = [];
  readonly #order: Order;
  readonly #brief: ActionContext["brief"];
  #idCharacters = 0;
  /** The latest page is worth showing for more than that it is the latest. */
  #isLastShown = false;
  readonly #totals = new Set<number>();
  #last: Exchange | undefined;
  #problem: string | undefined;
  #askedForRest = false;
  #cappedAt: number | undefined;

  constructor(order: Order, brief: ActionContext["brief"]) {
    this.#order = order;
    this.#brief = brief;
  }

  get areFull(): boolean {
    return this.#idCharacters > MOST_ID_CHARACTERS;
  }

  take(startIndex: number, list: List, exchange: Exchange | undefined): void {
    const first = this.#last === undefined;
    this.#turnTo(exchange);
    if (!list.ok) {
      this.#problem = `startIndex=${startIndex}: ${list.problem}`;
      return;
    }
    const { body, resources, total } = list;
    this.pages.push({
      startIndex,
      asked: this.#order.count,
      got: resources.length,
      totalResults: body.totalResults ?? null,
      itemsPerPage: body.itemsPerPage ?? null,
      echoed: body.startIndex ?? null,
    });
    this.#totals.add(total);
    for (const id of resources.map(idOf)) {
      if (id === undefined) continue;
      this.#ids.push(id);
      this.#idCharacters += 40 + id.length;
    }
    const found = resources.filter((resource) => this.#isLookedFor(resource)).filter(isJsonObject);
    // Of those that should not be there only their number counts, and each may be as large as a page.
    for (const one of found) this.#found.push(this.#found.length === 0 ? one : { id: one.id ?? null });
    this.#isLastShown = first || found.length > 0;
  }

  /** The page before is read: no more of it is held than is shown. */
  #turnTo(exchange: Exchange | undefined): void {
    if (this.#last !== undefined) {
      const brief = this.#brief(this.#last);
      if (this.#isLastShown) this.#shown.push(brief);
    }
    this.#last = exchange;
    this.#isLastShown = false;
  }

  /** Whether the page holds less than it should, for the first time: too small a page, or somebody lost? */
  isFirstShort({ resources, total }: List & { ok: true }, startIndex: number): boolean {
    const due = Math.min(this.#order.count, total - startIndex + 1);
    if (this.#askedForRest || resources.length === 0 || resources.length >= due) return false;
    this.#askedForRest = true;
    return true;
  }

  /** What the server has right behind a short page. If it is new, the page was cut, and nobody is lost. */
  takeRest(size: number, list: List): void {
    const ids = list.ok ? list.resources.map(idOf) : [];
    const seen = new Set(this.#ids);
    if (ids.length > 0 && ids.every((id) => id !== undefined && !seen.has(id))) this.#cappedAt = size;
  }

  #isLookedFor(resource: Json): boolean {
    return this.#order.lookFor !== undefined && idOf(resource) === this.#order.lookFor;
  }

  walk(end: End, next: number): Walk {
    const last = this.#last;
    return {
      ids: this.#ids,
      pages: this.pages,
      end,
      next,
      totalChanged: this.#totals.size > 1,
      ...(this.#cappedAt === undefined ? {} : { cappedAt: this.#cappedAt }),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
      found: this.#found,
      shown: last === undefined ? this.#shown : [...this.#shown, last],
    };
  }
}

function pathOf({ endpoint, count, filter }: Order, startIndex: number): string {
  const condition = filter === undefined ? "" : `filter=${encodeURIComponent(filter)}&`;
  return `${endpoint}?${condition}startIndex=${startIndex}&count=${count}`;
}
