import type { Clock, Random } from "../model/clock.ts";
import type { ReferenceServerOptions } from "./app.ts";
import type { WriteReply } from "./listen.ts";
import type { ServerRequest, ServerResponse } from "./message.ts";
import type { Operations } from "./operations.ts";

/** What the maker of a variation may use. */
export interface VariationTools {
  readonly clock: Clock;
  readonly random: Random;
  /**
   * The operations underneath: the sound ones, or what earlier quirks of the same server made of them.
   * Wrap these and not `soundOperations`, so that several quirks can be had at once.
   */
  readonly operations: Operations;
}

/**
 * Milliseconds until a finished reply is sent. In memory it passes by the clock of the server, so that a minute costs
 * nothing, and more than the client's timeout means that no answer comes.
 */
export type Latency = (request: ServerRequest, reply: ServerResponse) => number;

/** What makes one server differ from the sound one. */
export interface Character
  extends Omit<ReferenceServerOptions, "clock" | "random" | "basePath" | "token" | "tokenTravels"> {
  /** How long each reply takes; 1 ms of virtual time in memory, and no longer than it has to on a socket, when absent. */
  readonly latency?: Latency;
  /** The scheme and authority it is reached under, in memory only; an ordinary https address when absent. */
  readonly origin?: string;
  /** Writes a finished reply to the socket instead of the sound way; for the layer `wire` only. */
  readonly write?: WriteReply;
}

/** A way in which a server differs from the sound one; the sound code stays as it is. */
export interface Variation {
  /** Kebab-case; says what the server does. */
  readonly name: string;
  /** What the server does, as one sentence. */
  readonly title: string;
  /** `app`: played in memory and virtual time. `wire`: needs a real socket, and takes real time. */
  readonly layer: "app" | "wire";
  /** Called once for each fresh server, so that a variation can keep state of its own. */
  readonly make: (tools: VariationTools) => Character;
}

/**
 * The options of a server that has all the variations at once, the first one innermost. Of a limit that several
 * set, the last one counts.
 */
export function characterOf(
  variations: readonly Pick<Variation, "make">[],
  tools: VariationTools,
): Character {
  let operations = tools.operations;
  let whole: Character = {};
  for (const { make } of variations) {
    const { replace, ...more } = make({ ...tools, operations });
    operations = { ...operations, ...replace };
    whole = {
      ...whole,
      ...more,
      replace: operations,
      ...wrapped(whole.wrap, more.wrap),
      ...written(whole.write, more.write),
    };
  }
  return whole;
}

function wrapped(inner: Character["wrap"], outer: Character["wrap"]): Pick<Character, "wrap"> {
  if (inner === undefined || outer === undefined) return {};
  return { wrap: (handle) => outer(inner(handle)) };
}

/** The outer way of writing takes the inner one for the sound one; a way that does not ask for it has the last word. */
function written(inner: WriteReply | undefined, outer: WriteReply | undefined): Pick<Character, "write"> {
  if (inner === undefined || outer === undefined) return {};
  return {
    write: (outgoing, reply, sound) =>
      outer(outgoing, reply, (changed) => {
        inner(outgoing, changed, sound);
      }),
  };
}
