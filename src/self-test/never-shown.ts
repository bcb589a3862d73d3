/**
 * Claims that no sound server of the self-test can show to hold, each with the reason. Any other claim has to pass on
 * at least one of them.
 */
export const NEVER_SHOWN: ReadonlyMap<string, string> = new Map([]);
