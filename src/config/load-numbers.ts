import { LONGEST_MS } from "../model/duration.ts";
import { MOST_IN_FLIGHT, MOST_WORKERS } from "../model/load-plan.ts";
import type { Problem } from "../model/problem.ts";
import { MOST_PLAYS_A_SECOND } from "../model/rate.ts";
import type { LoadOptions } from "./load-options.ts";
import { COUNT, isWhole, isWithin, type Kind, unusableIn } from "./numbers.ts";

const WHOLE: Kind = {
  allows: (value) => isWhole(value, 0),
  next: "It has to be a whole number, 0 or above.",
};
const POSITIVE: Kind = {
  allows: (value) => isWithin(value, Number.MIN_VALUE, Number.MAX_SAFE_INTEGER),
  next: "It has to be a number above 0.",
};
const RATE: Kind = {
  allows: (value) => isWithin(value, Number.MIN_VALUE, MOST_PLAYS_A_SECOND),
  next: `It has to be plays a second, above 0 and at most ${MOST_PLAYS_A_SECOND}.`,
};
const TIME: Kind = {
  allows: (value) => isWithin(value, 1, LONGEST_MS),
  next: "It has to be milliseconds, at least 1 and at most those of 24 days.",
};
const TIME_OR_NONE: Kind = {
  allows: (value) => isWithin(value, 0, LONGEST_MS),
  next: "It has to be milliseconds, 0 or more and at most those of 24 days.",
};

const IN_FLIGHT: Kind = {
  allows: (value) => isWhole(value, 1, MOST_IN_FLIGHT),
  next: `It has to be a whole number above 0 and at most ${MOST_IN_FLIGHT}.`,
};

const NUMBERS = {
  playRate: ["--rate", RATE],
  for: ["--for", TIME],
  closed: ["--closed", IN_FLIGHT],
  think: ["--think", TIME_OR_NONE],
  users: ["--users", WHOLE],
  groups: ["--groups", WHOLE],
  members: ["--members", WHOLE],
  warmUp: ["--warm-up", TIME_OR_NONE],
  maxInFlight: ["--max-in-flight", IN_FLIGHT],
  seed: ["--seed", WHOLE],
  workers: [
    "--workers",
    {
      allows: (value) => value === "auto" || isWhole(value, 1, MOST_WORKERS),
      next: `It has to be a whole number from 1 to ${MOST_WORKERS}, or "auto".`,
    },
  ],
  oktaTimeScale: ["--okta-time-scale", POSITIVE],
  maxUsers: ["--max-users", COUNT],
  maxGroups: ["--max-groups", COUNT],
  maxMembers: ["--max-members", COUNT],
  maxRequests: ["--max-requests", COUNT],
  maxRate: ["--max-rate", POSITIVE],
} satisfies { readonly [Name in keyof LoadOptions]: readonly [flag: string, kind: Kind] };

/** Why numbers of a load cannot be used: a ceiling of NaN would be none. */
export const unusableNumbers = (options: LoadOptions): readonly Problem[] => unusableIn(NUMBERS, options);
