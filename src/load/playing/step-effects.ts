import type { CompiledScenario, CompiledStep } from "../compile/compiled.ts";
import type { Certainty } from "../plays.ts";
import type { PlayRequest } from "./play-request.ts";
import { sentEffects, subjectsOf } from "./sent-effects.ts";
import type { Surroundings } from "./surroundings.ts";

/** Tells what a compiled step is about to take away. */
export function beginTakings(
  shared: Surroundings,
  size: number,
  request: PlayRequest,
  step: CompiledStep,
): void {
  for (const { effect, subject, other } of step.takings) {
    const number = subject(request);
    if (other !== "crowd") shared.takings.begin(effect, number, other(request));
    else for (const one of crowdOf(shared, size, request)) shared.takings.begin(effect, number, one);
  }
}

/** The same when it is answered, or is not. Returns whether it may have found nothing to take. */
export function endTakings(
  shared: Surroundings,
  size: number,
  request: PlayRequest,
  step: CompiledStep,
): boolean {
  let mayBeGone = false;
  for (const { effect, subject, other } of step.takings) {
    const number = subject(request);
    const others = other === "crowd" ? crowdOf(shared, size, request) : [other(request)];
    for (const one of others) mayBeGone = shared.takings.end(effect, number, one) || mayBeGone;
  }
  return mayBeGone;
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

/** What a body made of an answer does: the person or group is the play's own, known by the id in the path. */
export function tellFilledEffects(
  { names, effects }: Surroundings,
  request: PlayRequest,
  step: CompiledStep,
  certainty: Certainty,
  sentAt: number,
  endedAt: number,
): void {
  if (request.filled === undefined) return;
  const path = step.path.fill(request);
  for (const { effect, subject, other, others } of sentEffects(step.step.method, path, request.filled)) {
    const number = request.numberOfId(subject, subjectsOf(effect)) ?? names.numberIn(subject);
    const second = other === "" ? 0 : (request.numberOfId(other, others) ?? names.numberIn(other));
    if (number === undefined || second === undefined) continue;
    effects.one(effect, certainty, number, second, "", sentAt, endedAt);
  }
}
