import { NumberMap } from "./number-map.ts";
import type { RefusedEntries } from "./refused-writes.ts";
import { type AcknowledgedCounts, type Presence, Register } from "./register.ts";

/** A register as plain JSON. States are told in runs: first number, how many, state; first number, … */
export interface RegisterText {
  readonly users: readonly number[];
  readonly activity: readonly number[];
  readonly groups: readonly {
    readonly number: number;
    readonly presence: number;
    readonly id?: string;
    readonly created: number;
    readonly mayBeMore: boolean;
    readonly members: readonly number[];
  }[];
  readonly counts: AcknowledgedCounts;
  /** See `RefusedWrites`; absent where a shard of an earlier version wrote none. */
  readonly refused?: {
    readonly subjects: readonly number[];
    readonly names: readonly (readonly [number: number, other: number])[];
    readonly members: readonly { readonly group: number; readonly members: readonly number[] }[];
  };
  /** Ids of people: those of so many that follow one another by the number in the name, and the first of the numbers. */
  readonly ids?: readonly (readonly [first: number, ids: readonly string[]])[];
}

export function registerText(register: Register): RegisterText {
  return {
    users: runsOf(presences(register)),
    activity: runsOf(activities(register)),
    groups: [...register.groups].map(([number, group]) => ({
      number,
      presence: group.presence,
      ...(group.id === undefined ? {} : { id: group.id }),
      created: group.created,
      mayBeMore: group.mayBeMore,
      members: runsOf(group.members.entries()),
    })),
    counts: { ...register.counts },
    refused: refusedText(register.refused.entries()),
    ids: idsInRuns(register),
  };
}

export function registerFrom(text: RegisterText): Register {
  const register = new Register();
  const activity = new NumberMap();
  for (const [number, state] of inRuns(text.activity)) activity.set(number, state, 0);
  for (const [number, state] of inRuns(text.users)) {
    register.setUser(number, state as Presence, activity.stateOf(number));
  }
  for (const [first, ids] of text.ids ?? []) {
    for (const [at, id] of ids.entries()) register.ids.keep(first + at, id);
  }
  for (const { number, members, ...rest } of text.groups) {
    const group = register.group(number);
    Object.assign(group, rest);
    for (const [user, state] of inRuns(members)) group.members.set(user, state, 0);
  }
  Object.assign(register.counts, text.counts);
  const { subjects = [], names = [], members = [] } = text.refused ?? {};
  register.refused.take({
    subjects: inRuns(subjects),
    names,
    members: members.map((one) => [one.group, inRuns(one.members)] as const),
  });
  return register;
}

const refusedText = ({ subjects, names, members }: RefusedEntries) => ({
  subjects: runsOf(subjects),
  names: [...names],
  members: [...members].map(([group, states]) => ({ group, members: runsOf(states) })),
});

function* presences(register: Register): Generator<readonly [number, number]> {
  for (let number = 0; number < register.userNumbers; number++) {
    const presence = register.presenceOf(number);
    if (presence !== 0) yield [number, presence];
  }
}

/** A hundred thousand of them: a pair for each would take more memory than all that a load counts. */
function idsInRuns(register: Register): readonly (readonly [first: number, ids: readonly string[]])[] {
  const runs: [first: number, ids: string[]][] = [];
  let before = -2;
  for (let number = 0; number < register.userNumbers; number++) {
    const id = register.ids.idOf(number);
    if (id === undefined) continue;
    if (number === before + 1) runs.at(-1)?.[1].push(id);
    else runs.push([number, [id]]);
    before = number;
  }
  return runs;
}

function* activities(register: Register): Generator<readonly [number, number]> {
  for (let number = 0; number < register.userNumbers; number++) {
    const activity = register.activityOf(number);
    if (activity !== 0) yield [number, activity];
  }
}

function runsOf(entries: Iterable<readonly [number: number, state: number]>): readonly number[] {
  const runs: number[] = [];
  for (const [number, state] of entries) {
    const [start = 0, length = 0, before] = runs.slice(-3);
    if (before === state && start + length === number) runs[runs.length - 2] = length + 1;
    else runs.push(number, 1, state);
  }
  return runs;
}

/** More than any load makes, and little enough not to hang on. */
export const MOST_NUMBERS = 50_000_000;

function* inRuns(runs: readonly number[]): Generator<readonly [number: number, state: number]> {
  let all = 0;
  for (let index = 0; index + 2 < runs.length; index += 3) {
    const [start = 0, length = 0, state = 0] = runs.slice(index, index + 3);
    all += length;
    if (all > MOST_NUMBERS || start + length > MOST_NUMBERS || state > 7) {
      throw new RangeError("its account of what was acknowledged is out of range");
    }
    for (let number = start; number < start + length; number++) yield [number, state];
  }
}
