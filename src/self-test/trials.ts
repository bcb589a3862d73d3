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

/**
 * Of what sets are drawn, and how many. They keep to one layer: what takes minutes of virtual time must not be made to
 * take real ones by a neighbour that needs a socket. And some keep to what the RFCs permit too, so that the RFCs can be
 * judged.
 */
const DRAWN: readonly {
  readonly name: string;
  readonly sets: number;
  readonly fits: (quirk: PlannedQuirk) => boolean;
}[] = [
  { name: "okta", sets: 4, fits: ({ layer }) => layer === "app" },
  { name: "rfc", sets: 4, fits: ({ layer, againstRfc }) => layer === "app" && againstRfc === undefined },
  { name: "wire", sets: 2, fits: ({ layer }) => layer === "wire" },
];
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
  return DRAWN.flatMap(({ name, sets, fits }) => {
    const drawn = quirks.filter(fits);
    if (drawn.length < SET_MIN) return [];
    return Array.from({ length: sets }, (_, index) => {
      const size = SET_MIN + Math.floor(random.next() * (Math.min(SET_MAX, drawn.length) - SET_MIN + 1));
      return setOf(`together-${name}-${index + 1}`, compatible(shuffled(drawn, random)).slice(0, size));
    });
  });
}

function setOf(name: string, chosen: readonly PlannedQuirk[]): Trial {
  const names = chosen.map((quirk) => quirk.name);
  const layer = chosen.some((quirk) => quirk.layer === "wire") ? "wire" : "app";
  return {
    ...trialOf("quirk-set", { name, title: names.join(" + "), layer }),
    ...standardOf(chosen),
    variations: names,
  };
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
