import { type Random, seededRandom } from "../model/clock.ts";
import type { Trial } from "../model/self-test.ts";

/** As much of a variation as has to be known to plan its trial; defects and quirks of the reference server fit. */
export interface Planned {
  readonly name: string;
  readonly title: string;
  readonly layer: "app" | "wire";
}

export interface PlannedDefect extends Planned {
  readonly target: readonly string[];
  readonly also: readonly { readonly claim: string; readonly why: string }[];
}

export interface PlannedQuirk extends Planned {
  readonly againstRfc?: string;
  readonly contradicts?: readonly string[];
}

/** What can be tried. */
export interface Variations {
  readonly sound: readonly Planned[];
  readonly defects: readonly PlannedDefect[];
  readonly quirks: readonly PlannedQuirk[];
}

const SETS = 6;
const SET_MIN = 2;
const SET_MAX = 8;

/** One trial for each variation, and some for random sets of quirks that the seed repeats. */
export function trialsOf({ sound, defects, quirks }: Variations, seed: number): readonly Trial[] {
  return [
    ...sound.map((variation) => trialOf("sound", variation)),
    ...defects.map((defect) => ({
      ...trialOf("defect", defect),
      target: defect.target,
      also: defect.also.map(({ claim }) => claim),
    })),
    ...quirks.map((quirk) => ({ ...trialOf("quirk", quirk), ...standardOf([quirk]) })),
    ...quirkSets(quirks, seededRandom(seed)),
  ];
}

function trialOf(kind: Trial["kind"], { name, title, layer }: Planned): Trial {
  return { kind, name, title, layer, variations: [name], target: [], also: [] };
}

/** A server that Okta permits and an RFC does not is asked nothing of the RFCs. */
const standardOf = (quirks: readonly PlannedQuirk[]): Pick<Trial, "standard"> =>
  quirks.some(({ againstRfc }) => againstRfc !== undefined) ? { standard: "okta" } : {};

function quirkSets(quirks: readonly PlannedQuirk[], random: Random): readonly Trial[] {
  if (quirks.length < SET_MIN) return [];
  return Array.from({ length: SETS }, (_, index) => {
    const size = SET_MIN + Math.floor(random.next() * (Math.min(SET_MAX, quirks.length) - SET_MIN + 1));
    const chosen = compatible(shuffled(quirks, random)).slice(0, size);
    return {
      ...trialOf("quirk-set", {
        name: `quirks-together-${index + 1}`,
        title: chosen.map(({ name }) => name).join(" + "),
        layer: chosen.some(({ layer }) => layer === "wire") ? "wire" : "app",
      }),
      ...standardOf(chosen),
      variations: chosen.map(({ name }) => name),
    };
  });
}

/** Of two quirks that cannot be had together, the one that comes first. */
function compatible(quirks: readonly PlannedQuirk[]): readonly PlannedQuirk[] {
  const kept: PlannedQuirk[] = [];
  const forbids = (one: PlannedQuirk, other: PlannedQuirk) => one.contradicts?.includes(other.name) === true;
  for (const quirk of quirks) {
    if (!kept.some((one) => forbids(one, quirk) || forbids(quirk, one))) kept.push(quirk);
  }
  return kept;
}

function shuffled<Item>(items: readonly Item[], random: Random): readonly Item[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
