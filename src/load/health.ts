import { plural } from "../model/count.ts";
import type { GeneratorHealth } from "../model/load-generator.ts";
import { Latencies } from "./latencies.ts";
import { addedUp } from "./merge.ts";
import type { ShardResult } from "./shard-result.ts";
import type { Timeline } from "./timeline.ts";

/** What a load wants to know of the machine it runs on; handed in, so that virtual time has a still one. */
export interface Machine {
  /** Milliseconds of CPU this process has used, all threads. */
  cpuMs(): number;
  /** Milliseconds that timers came late since the last call: the 99th percentile and the most. */
  loopDelay(): { readonly p99Ms: number; readonly maxMs: number };
  memoryBytes(): number;
}

/** What one shard saw of its machine. */
export interface HealthData {
  /** As base64 V2 where it leaves the process. */
  readonly lateStarts: Latencies;
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
  readonly cpuShare: number;
  readonly memoryPeakBytes: number;
  readonly measuredSeconds: number;
  readonly busySeconds: number;
}

const BUSY_CPU = 0.9;
const LATE_MS = 5;
const LATE_SHARE_OF_RESPONSE = 0.1;
/** So many late starts are no accident. In a short load one play alone is its 99th percentile. */
const LATE_STARTS = 3;
/** More of the measured seconds than this, and the figures are the machine's. */
const BUSY_SHARE = 0.1;

/** Watches whether this machine keeps up with the schedule. */
export class HealthWatch {
  readonly #machine: Machine;
  readonly #lateStarts = new Latencies();
  readonly #loopDelays = new Latencies();
  #cpuAt: number;
  #at: number;
  #cpuStart = 0;
  #measuredFrom = 0;
  #memoryPeak = 0;
  #seconds = 0;
  #busySeconds = 0;
  #cpuShare = 0;

  constructor(machine: Machine, now: number) {
    this.#machine = machine;
    this.#cpuAt = machine.cpuMs();
    this.#at = now;
  }

  /** The measured part begins. */
  begin(now: number): void {
    this.#machine.loopDelay();
    this.#cpuStart = this.#machine.cpuMs();
    this.#cpuAt = this.#cpuStart;
    this.#measuredFrom = now;
    this.#at = now;
  }

  late(ms: number): void {
    this.#lateStarts.record(ms);
  }

  /** To be called about once a second. */
  sample(now: number, timeline: Timeline): void {
    const elapsed = now - this.#at;
    if (elapsed <= 0) return;
    const cpu = this.#machine.cpuMs();
    const share = (cpu - this.#cpuAt) / elapsed;
    const { p99Ms, maxMs } = this.#machine.loopDelay();
    this.#cpuAt = cpu;
    this.#at = now;
    this.#memoryPeak = Math.max(this.#memoryPeak, this.#machine.memoryBytes());
    this.#loopDelays.record(p99Ms);
    this.#loopDelays.record(maxMs);
    timeline.peak("cpuShare", now, share);
    timeline.peak("loopDelayMs", now, maxMs);
    if (this.#measuredFrom === 0) return;
    this.#seconds += elapsed / 1000;
    if (share > BUSY_CPU) this.#busySeconds += elapsed / 1000;
    const whole = now - this.#measuredFrom;
    if (whole > 0) this.#cpuShare = (cpu - this.#cpuStart) / whole;
  }

  data(): HealthData {
    return {
      lateStarts: this.#lateStarts,
      loopDelayP99Ms: this.#loopDelays.percentileMs(99),
      loopDelayMaxMs: this.#loopDelays.maxMs,
      cpuShare: this.#cpuShare,
      memoryPeakBytes: this.#memoryPeak,
      measuredSeconds: this.#seconds,
      busySeconds: this.#busySeconds,
    };
  }
}

/** Whether the figures of a run are the server's or this machine's. */
export function healthReport(data: HealthData, responseP99Ms: number): GeneratorHealth {
  const lateStartP99Ms = data.lateStarts.percentileMs(99);
  const bound = Math.max(LATE_MS, LATE_SHARE_OF_RESPONSE * responseP99Ms);
  const why: string[] = [];
  const plays = data.lateStarts.count;
  const late = data.lateStarts.countAbove(bound);
  if (late >= Math.min(LATE_STARTS, plays) && late > plays / 100) {
    why.push(
      `${late} of ${plural(plays, "play")} started more than ${ms(bound)} late, which is more than does no harm`,
    );
  }
  if (data.measuredSeconds > 0 && data.busySeconds / data.measuredSeconds > BUSY_SHARE) {
    why.push(
      `playing kept a core more than ${BUSY_CPU * 100} % busy for ${Math.round(data.busySeconds)} of ${Math.round(data.measuredSeconds)} s`,
    );
  }
  return {
    limited: why.length > 0,
    why,
    lateStartP99Ms,
    lateStartMaxMs: data.lateStarts.maxMs,
    loopDelayP99Ms: data.loopDelayP99Ms,
    loopDelayMaxMs: data.loopDelayMaxMs,
    cpuShare: Math.round(data.cpuShare * 1000) / 1000,
    memoryPeakBytes: data.memoryPeakBytes,
    limitedSeconds: Math.round(data.busySeconds),
  };
}

/** The same of a shard, or of a whole load: how late does no harm is told by how long answers take. */
export function healthOf({
  health,
  operations,
}: Pick<ShardResult, "health" | "operations">): GeneratorHealth {
  const played = operations.filter(({ name }) => !name.startsWith("population/"));
  return healthReport(health, addedUp(played.map(({ response }) => response)).percentileMs(99));
}

const ms = (value: number) => `${Math.round(value * 10) / 10} ms`;
