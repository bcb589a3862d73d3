import fc from "fast-check";

const { PROPERTY_SEED = "20261126" } = process.env;

/**
 * Where the examples of properties come from: the same on every machine, so that nobody's change is blamed for what
 * another one's chance brought up. `PROPERTY_SEED=random` (or a number) looks elsewhere.
 */
export const SEED = PROPERTY_SEED === "random" ? Math.floor(Math.random() * 2 ** 31) : Number(PROPERTY_SEED);

fc.configureGlobal({ seed: SEED });
