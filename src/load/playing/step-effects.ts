import type { CompiledScenario, CompiledStep } from "../compile/compiled.ts";
import type { Certainty } from "../plays.ts";
import type { PlayRequest } from "./play-request.ts";
import { sentEffects } from "./sent-effects.ts";
import type { Surroundings } from "./surroundings.ts";

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
  for (const { effect, subject, other } of sentEffects(step.step.method, path, request.filled)) {
    const number = request.numberOfId(subject) ?? names.numberIn(subject);
    const second = other === "" ? 0 : (request.numberOfId(other) ?? names.numberIn(other));
    if (number === undefined || second === undefined) continue;
    effects.one(effect, certainty, number, second, "", sentAt, endedAt);
  }
}
