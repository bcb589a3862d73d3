import type { Habit } from "../../../model/documented-cases.ts";
import { together } from "../../quirks/make.ts";
import type { Playing } from "../kind.ts";
import { ANSWERS } from "./answers.ts";
import { GROUPS } from "./groups.ts";
import { USERS } from "./users.ts";
import type { Ways } from "./ways.ts";

const HABITS: Readonly<Record<Habit, Ways>> = { ...USERS, ...GROUPS, ...ANSWERS };

/** Peculiarities with a name of their own. */
export const habit: Playing<"habit"> = (facts) =>
  together(...facts.map(({ of, contrary }) => (contrary === true ? HABITS[of].broken : HABITS[of].kept)));
