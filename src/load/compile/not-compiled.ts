/** Why a scenario is played by the engine's generator; `message` is for a person. */
export class NotCompiled extends Error {}
