import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Memory } from "../model/memory.ts";

/** Bytes of large bodies after which their pieces are freed; that takes a millisecond or two. */
const RECENT = 4_000_000;
/** Bytes of large bodies after which everything is looked through; that takes some tens of milliseconds. */
const ALL = 8_000_000;
/** Percent that the heap grows beyond what is held before it is looked through. Left to itself the engine waits for 300. */
const GROWTH = 40;

// Why the engine is told at all. It sizes its heap by what the machine has: with gigabytes free, a quarter of one lies about
// before it looks, however little is held, and 50,000 members are pushed in 380 MB in place of 260. What the flags do is
// no contract. So nothing depends on them but how much memory is taken: Node keeps V8's flags open while it runs
// (`--no-freeze-flags-after-init`), `setFlagsFromString` is documented with the advice to take care, and a flag that a
// later engine does not know costs two lines on standard error. Measured on Node 20, 22 and 24. A limit (`--max-old-space-size`)
// is taken only at the start of a process, and ends it where it is reached.

/** Does the work with a heap that is kept near what is held. The flags are the whole process's, and put back afterwards. */
export const inLittleMemory = during(
  () => growBy(GROWTH),
  // The engine's own choice, again.
  () => growBy(0),
);

/**
 * Does the work with the nursery of the heap as large as it is by then: a few megabytes, where the engine would go on to
 * 32. What a load makes is dead by the next answer, and is collected as fast in a small nursery as in a large one. To
 * begin before the rest of the program is loaded. It ends when a thread is made: the engine then sets the flag back.
 */
export const inSmallNursery = during(
  () => setFlagsFromString("--semi-space-growth-factor=1"),
  () => setFlagsFromString("--semi-space-growth-factor=2"),
);

/** Puts something in force for the whole process as long as any such work goes on. */
function during(begin: () => void, end: () => void) {
  let underWay = 0;
  return async <Made>(work: () => Promise<Made>): Promise<Made> => {
    underWay += 1;
    if (underWay === 1) begin();
    try {
      return await work();
    } finally {
      underWay -= 1;
      if (underWay === 0) end();
    }
  };
}

/** Node's own memory. Most runs never take large bodies, and it costs them nothing. */
export function nodeMemory(): Memory {
  let [sinceRecent, sinceAll] = [0, 0];
  let exposed: ((how: "minor" | "major") => void) | undefined;
  const free = (how: "minor" | "major") => {
    exposed ??= collector();
    exposed(how);
    sinceRecent = 0;
    if (how === "major") sinceAll = 0;
  };
  return {
    makeRoom: () => {
      if (sinceAll > ALL) free("major");
    },
    took: (bytes) => {
      sinceRecent += bytes;
      sinceAll += bytes;
      if (sinceRecent > RECENT) free("minor");
    },
  };
}

/**
 * The engine collects when it is told to by code that was made behind a flag. The heap's growth alone would leave a few
 * bodies of megabytes lying about: their bytes are not in the heap, and their texts come at once.
 */
function collector(): (how: "minor" | "major") => void {
  setFlagsFromString("--expose-gc");
  growBy(GROWTH);
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") return () => {};
  // Whatever it is given, Node 20 takes for a wish for less than everything.
  return (how) => void (how === "minor" ? collect({ type: "minor" }) : collect());
}

function growBy(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}
