/** Plays of ordinary size that may be judged in full in one second. */
const A_SECOND = 10;
/** What a quiet time may save up. */
const MOST_SAVED = 60;
/** So many people in a request cost as much to judge as the rest of an ordinary play. */
const PEOPLE = 20;

/**
 * How often a play that could be played compiled is judged in full instead. A judged play costs fifty times as much, one
 * with a thousand members a thousand times; a share that grows with the rate would become the load of this machine.
 */
export class JudgingBudget {
  #saved = MOST_SAVED;
  #at = 0;

  /** @param crowd people of the population in the play */
  mayJudge(crowd: number, now: number): boolean {
    this.#saved = Math.min(MOST_SAVED, this.#saved + ((now - this.#at) / 1_000) * A_SECOND);
    this.#at = now;
    const cost = Math.min(MOST_SAVED, 1 + crowd / PEOPLE);
    if (this.#saved < cost) return false;
    this.#saved -= cost;
    return true;
  }
}
