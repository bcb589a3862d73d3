import { FINDING_KINDS, type Finding, type FindingKind } from "../model/load-reconciliation.ts";

/** Findings of each kind that are kept by name. */
const MOST_NAMED = 100;

/** Gathers findings: all are counted, and the first of each kind are kept. */
export class Findings {
  readonly counts: Record<FindingKind, number>;
  readonly named: Finding[] = [];
  /** Those of the named that say that something is not there. */
  readonly absent: Finding[] = [];

  constructor() {
    this.counts = Object.fromEntries(FINDING_KINDS.map((kind) => [kind, 0])) as Record<FindingKind, number>;
  }

  get isEmpty(): boolean {
    return FINDING_KINDS.every((kind) => this.counts[kind] === 0);
  }

  add(finding: Finding, count = 1, isAbsent = false): void {
    this.counts[finding.kind] += count;
    if (this.named.filter(({ kind }) => kind === finding.kind).length >= MOST_NAMED) return;
    this.named.push(finding);
    if (isAbsent) this.absent.push(finding);
  }
}
