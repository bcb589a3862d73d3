import { write, writeSync } from "node:fs";
import type { Collection } from "../model/scim.ts";

/** How ids get on record while a load goes on, which may wait for no disk. */
export interface Gathering {
  /** Milliseconds for which ids are gathered before they are written, by another thread. */
  readonly ms: number;
  /** Masks the secrets in a text: the answers to a load are as the server wrote them. */
  readonly conceal: (text: string) => string;
}

/** Bytes; half of what is read of a ledger. The ids of some 800,000 people. */
const MOST = 32 * 1024 * 1024;
/** Bytes that are gathered of each collection before they are written in any case. */
const GATHERED = 64 * 1024;
const END = "\0";

/**
 * Puts the ids that answers told on record, a line a batch. Nothing waits for the disk: what the system has taken
 * outlives the process, and where the machine dies lists still show most of it.
 */
export class ToldIds {
  readonly #descriptor: number;
  readonly #gathering: Gathering | undefined;
  readonly #onTrouble: (error: unknown) => void;
  readonly #ids = { Users: new GatheredIds(), Groups: new GatheredIds() };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #used = 0;

  constructor(descriptor: number, gathering: Gathering | undefined, onTrouble: (error: unknown) => void) {
    this.#descriptor = descriptor;
    this.#gathering = gathering;
    this.#onTrouble = onTrouble;
  }

  add(collection: Collection, id: string): void {
    if (this.#used > MOST) return;
    const ids = this.#ids[collection];
    if (!ids.add(id)) {
      this.#writeAside();
      ids.add(id);
    }
    if (this.#gathering === undefined) this.writeNow();
    else this.#timer ??= setTimeout(this.#writeAside, this.#gathering.ms).unref();
  }

  /** Writes what was gathered, in this moment. */
  writeNow(): void {
    const line = this.#taken();
    if (line === undefined) return;
    try {
      writeSync(this.#descriptor, line);
    } catch (error) {
      this.#onTrouble(error);
    }
  }

  readonly #writeAside = (): void => {
    const line = this.#taken();
    if (line === undefined) return;
    write(this.#descriptor, line, (error) => {
      if (error !== null) this.#onTrouble(error);
    });
  };

  #taken(): string | undefined {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const made = { Users: this.#ids.Users.taken(), Groups: this.#ids.Groups.taken() };
    if (made.Users.length + made.Groups.length === 0) return undefined;
    const text = JSON.stringify({ made });
    const line = `${this.#gathering?.conceal(text) ?? text}\n`;
    this.#used += line.length;
    return this.#used > MOST ? undefined : line;
  }
}

/** Ids as bytes: as texts they would keep the answers that they are cut from, and grow old with them. */
class GatheredIds {
  #bytes: Buffer | undefined;
  #used = 0;

  /** False when it has no room. What is larger than all the room there is identifies nothing. */
  add(id: string): boolean {
    const most = id.length * 3 + END.length;
    if (most > GATHERED) return true;
    if (most > GATHERED - this.#used) return false;
    this.#bytes ??= Buffer.allocUnsafeSlow(GATHERED);
    this.#used += this.#bytes.write(id, this.#used);
    this.#bytes[this.#used] = 0;
    this.#used += 1;
    return true;
  }

  taken(): readonly string[] {
    if (this.#bytes === undefined || this.#used === 0) return [];
    const ids = this.#bytes.toString("utf8", 0, this.#used - END.length).split(END);
    this.#used = 0;
    return ids;
  }
}
