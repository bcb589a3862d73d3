import type { Exchange } from "../model/exchange.ts";
import type { BrokenUnderLoad } from "../model/load.ts";
import type { Verdict } from "../model/verdict.ts";

interface Entry {
  readonly operation: number;
  readonly claim: string;
  judged: number;
  broken: number;
  expected?: string;
  actual?: string;
  example?: Exchange;
}

/** Claims of one shard, as they cross threads and files. */
export interface ClaimCounts extends Readonly<Entry> {}

/** One exchange a claim is kept, and no more than this many in all. */
const MOST_EXAMPLES = 100;

/** How often each claim was looked at and seen broken, with one exchange that broke it. */
export class BrokenClaims {
  readonly #entries = new Map<string, Entry>();
  #examples = 0;

  judged(operation: number, claim: string): void {
    this.#entry(operation, claim).judged += 1;
  }

  /** Returns whether the exchange is wanted. */
  broken(operation: number, claim: string, verdict: Extract<Verdict, { kind: "fail" }>): boolean {
    const entry = this.#entry(operation, claim);
    entry.broken += 1;
    const [finding] = verdict.findings;
    if (entry.expected === undefined && finding !== undefined) {
      entry.expected = `${finding.where}: ${finding.expected}`;
      entry.actual = finding.actual;
    }
    return entry.example === undefined && this.#examples < MOST_EXAMPLES;
  }

  shown(operation: number, claim: string, exchange: Exchange): void {
    const entry = this.#entry(operation, claim);
    if (entry.example !== undefined || this.#examples >= MOST_EXAMPLES) return;
    entry.example = exchange;
    this.#examples += 1;
  }

  counts(): readonly ClaimCounts[] {
    return [...this.#entries.values()];
  }

  #entry(operation: number, claim: string): Entry {
    const key = `${operation} ${claim}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry: Entry = { operation, claim, judged: 0, broken: 0 };
    this.#entries.set(key, entry);
    return entry;
  }
}

export function mergedClaims(parts: readonly (readonly ClaimCounts[])[]): readonly ClaimCounts[] {
  const merged = new Map<string, Entry>();
  for (const entry of parts.flat()) {
    const key = `${entry.operation} ${entry.claim}`;
    const known = merged.get(key);
    if (known === undefined) {
      merged.set(key, { ...entry });
      continue;
    }
    known.judged += entry.judged;
    known.broken += entry.broken;
    if (known.expected === undefined && entry.expected !== undefined) known.expected = entry.expected;
    if (known.actual === undefined && entry.actual !== undefined) known.actual = entry.actual;
    if (known.example === undefined && entry.example !== undefined) known.example = entry.example;
  }
  return [...merged.values()];
}

/** Operations as the report needs them to say where a claim was looked at. */
export interface ClaimedOperation {
  readonly name: string;
  /** Claims told from every answer, those of the warm-up included. */
  readonly claims: readonly string[];
  readonly requests: number;
  readonly warmUps: number;
}

/** The claims that were seen broken, the most broken first. */
export function brokenReport({
  claims,
  operations,
}: {
  readonly claims: readonly ClaimCounts[];
  readonly operations: readonly ClaimedOperation[];
}): readonly BrokenUnderLoad[] {
  return claims
    .filter(({ broken }) => broken > 0)
    .toSorted((one, other) => other.broken - one.broken)
    .map(({ operation: index, ...entry }) => {
      const operation = operations[index];
      const isOfEveryAnswer = operation?.claims.includes(entry.claim) === true;
      const everyAnswer = isOfEveryAnswer ? operation.requests + operation.warmUps : 0;
      return {
        ...entry,
        operation: operation?.name ?? "",
        judged: Math.max(entry.judged, entry.broken, everyAnswer),
      };
    });
}
