import type { CompiledScenario, CompiledStep } from "../compile/compiled.ts";
import { type Certainty, takesAway } from "../effects.ts";
import type { PlayRequest } from "./play-request.ts";
import { type SentEffect, subjectsOf } from "./sent-effects.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Takings } from "./takings.ts";

/** Tells what a compiled step is about to take away. */
export function beginTakings(
  shared: Surroundings,
  size: number,
  request: PlayRequest,
  step: CompiledStep,
): void {
  if (takesNothing(step)) return;
  for (const { effect, subject, other } of step.takings) {
    const number = subject(request);
    if (other !== "crowd") shared.takings.begin(effect, number, other(request));
    else for (const one of crowdOf(shared, size, request)) shared.takings.begin(effect, number, one);
  }
  for (const taken of filledTakings(shared, request, step)) shared.takings.begin(...taken);
}

/** The same when it is answered, or is not. Returns whether it may have found nothing to take. */
export function endTakings(
  shared: Surroundings,
  size: number,
  request: PlayRequest,
  step: CompiledStep,
): boolean {
  if (takesNothing(step)) return false;
  let mayBeGone = false;
  for (const { effect, subject, other } of step.takings) {
    const number = subject(request);
    const others = other === "crowd" ? crowdOf(shared, size, request) : [other(request)];
    for (const one of others) mayBeGone = shared.takings.end(effect, number, one) || mayBeGone;
  }
  for (const taken of filledTakings(shared, request, step))
    mayBeGone = shared.takings.end(...taken) || mayBeGone;
  return mayBeGone;
}

/** As most steps do, and as is known before they are played. */
const takesNothing = ({ takings, body }: CompiledStep) => takings.length === 0 && body.kind !== "filled";

/** What a body made of an answer takes away: such as who is in a group that is written whole, and not in what was read. */
function filledTakings(
  { names }: Surroundings,
  request: PlayRequest,
  { body }: CompiledStep,
): readonly Parameters<Takings["begin"]>[] {
  if (body.kind !== "filled") return [];
  return request.filledEffects
    .filter(({ effect }) => takesAway(effect))
    .flatMap((sent) => {
      const numbers = numbersOf(sent, request, names);
      return numbers === undefined ? [] : [[sent.effect, ...numbers] as const];
    });
}

/** The person or group is the play's own, known by the id in the path, or of the population. */
function numbersOf(
  { effect, subject, other, others }: SentEffect,
  request: PlayRequest,
  names: Surroundings["names"],
): readonly [number: number, other: number] | undefined {
  const number = request.numberOfId(subject, subjectsOf(effect)) ?? names.numberIn(subject);
  const second = other === "" ? 0 : (request.numberOfId(other, others) ?? names.numberIn(other));
  return number === undefined || second === undefined ? undefined : [number, second];
}

function crowdOf({ population }: Surroundings, size: number, { crowdFrom }: PlayRequest): readonly number[] {
  const { users } = population;
  return Array.from({ length: Math.min(size, users.length) }, (_, at) =>
    users.numberAt(population.userAt(crowdFrom + at)),
  );
}

/** Tells what the answer to a compiled step did to people and groups. `id`: what a create told, else empty. */
export function tellEffects(
  { effects }: Surroundings,
  { crowdSize }: CompiledScenario,
  request: PlayRequest,
  step: CompiledStep,
  certainty: Certainty,
  id: string,
  sentAt: number,
  endedAt: number,
): void {
  const compiled = step.effects;
  for (let index = 0; index < compiled.length; index += 1) {
    const { effect, subject, other } = compiled[index] as CompiledStep["effects"][number];
    const number = subject(request);
    if (other === "crowd") {
      effects.batch(effect, certainty, number, request.crowdFrom, crowdSize, sentAt, endedAt);
      continue;
    }
    const second = other(request);
    const told = effect === "user-created" || effect === "group-created" ? id : "";
    effects.one(effect, certainty, number, second, told, sentAt, endedAt);
  }
}

/** What a body made of an answer does. */
export function tellFilledEffects(
  { names, effects }: Surroundings,
  request: PlayRequest,
  certainty: Certainty,
  sentAt: number,
  endedAt: number,
): void {
  for (const sent of request.filledEffects) {
    const numbers = numbersOf(sent, request, names);
    if (numbers !== undefined) effects.one(sent.effect, certainty, ...numbers, "", sentAt, endedAt);
  }
}
