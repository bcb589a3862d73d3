import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Memory } from "../model/memory.ts";

/** Bytes of large bodies after which their pieces are freed; that takes a millisecond or two. */
const RECENT = 4_000_000;
/** Bytes of large bodies after which everything is looked through; that takes some tens of milliseconds. */
const ALL = 8_000_000;

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

/** The engine collects when it is told to by code that was made behind a flag, which may be set at any time. */
function collector(): (how: "minor" | "major") => void {
  setFlagsFromString("--expose-gc");
  // From now on the heap is looked through before it has grown by much more than what is held.
  setFlagsFromString("--heap-growing-percent=20");
  const collect: unknown = runInNewContext("gc");
  return typeof collect === "function" ? (how) => void collect({ type: how }) : () => {};
}
