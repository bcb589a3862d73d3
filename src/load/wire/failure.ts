import { BadAnswer } from "./head-syntax.ts";
import { TooLarge } from "./store.ts";
import type { WireFailure } from "./wire.ts";
import type { Trouble, WireOptions } from "./wire-options.ts";

/** The deadline has passed. */
export class TooLate extends Error {}

/** The run was ended on this side. */
export class Ended extends Error {}

export const CLOSED: WireFailure = {
  reason: "aborted",
  detail: "The exchange was given up: the run was ended.",
};

/** Why a request got no answer. What this side refused to read is told here, everything else by the layer `http`. */
export function failureOf(
  trouble: Trouble,
  { baseUrl, explain }: Pick<WireOptions, "baseUrl" | "explain">,
): WireFailure {
  const { error } = trouble;
  const where = baseUrl.host;
  if (error instanceof BadAnswer) return { reason: "malformed", detail: `${where} ${error.message}.` };
  if (error instanceof TooLarge) return { reason: "too-large", detail: `${where} ${error.message}.` };
  if (error instanceof TooLate) return { reason: "timed-out", detail: `${where} ${error.message}.` };
  return error instanceof Ended ? CLOSED : explain(trouble);
}

const HANG_UPS = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

/** The other side closed the connection, in good order or not. */
export const isHangUp = (error: unknown): boolean =>
  HANG_UPS.has(String((error as { code?: unknown } | undefined)?.code));
