import type { Headers } from "../model/exchange.ts";
import { percentEncoded } from "../model/percent.ts";
import type { Leftover } from "../model/play.ts";
import type { RunReport } from "../model/report.ts";
import { SECRET_MASK } from "../model/secret.ts";
import { headerWord, quoted } from "./curl.ts";
import { safeText } from "./safe-text.ts";
import { CLEANUP_HINT } from "./wording.ts";

/** What is still there, as one sentence. */
export function leftoverText({ collection, name, state, why }: Leftover): string {
  return `${collection} ${safeText(name)} ${stateText(state)}: ${safeText(why)}`;
}

export const stateText = (state: Leftover["state"]) =>
  state === "deactivated" ? "is deactivated but still there" : "is still there";

/** What becomes of it, as one sentence with its commands between backquotes. */
export function leftoverHint(leftovers: readonly Pick<Leftover, "state" | "kept">[]): string {
  const kept = leftovers.filter(isKept).length;
  const forget = `\`${CLEANUP_HINT} --forget\` stops looking for them`;
  if (kept === 0) return `\`${CLEANUP_HINT}\` tries again to remove them.`;
  if (kept < leftovers.length) {
    return `\`${CLEANUP_HINT}\` tries again to remove those that the server does not refuse to delete; ${forget}.`;
  }
  return leftovers.every(({ state }) => state === "deactivated")
    ? `The server deactivated them and removes nobody; ${forget}.`
    : `The server does not delete them; ${forget}.`;
}

/** Whether to ask the server once more would change nothing. */
export const isKept = ({ kept }: Pick<Leftover, "kept">) => kept === true;

const BEYOND_SCIM = "Delete it in the product itself, or ask whoever runs the server.";

/**
 * How to remove a resource by hand: one line for a shell. Where no answer told its id, the line looks for it; where the
 * server has refused what the line would ask, there is none.
 * @param credential the header fields, secrets masked, with which the server lets a request in
 */
export function removalOf(
  leftover: Leftover,
  url: string,
  credential: Headers,
): { readonly note: string; readonly command?: string } {
  const { collection, name, id, state } = leftover;
  if (isKept(leftover)) {
    const done = state === "deactivated" ? "It is deactivated, and the" : "The";
    return { note: `${done} server did not delete it over SCIM. ${BEYOND_SCIM}` };
  }
  const base = `${url.replace(/\/+$/, "")}/${collection}`;
  const headers = credential.map(([field, value]) => ` ${headerWord(field, value)}`).join("");
  const curl = (method: string, address: string) => `curl -sS -X ${method} ${quoted(address)}${headers}`;
  if (id !== undefined) return { note: "", command: curl("DELETE", `${base}/${percentEncoded(id)}`) };
  const attribute = collection === "Users" ? "userName" : "displayName";
  const literal = name.replace(/["\\]/g, "\\$&");
  return {
    note: "delete the id that this shows, if any:",
    command: curl("GET", `${base}?filter=${percentEncoded(`${attribute} eq "${literal}"`)}`),
  };
}

/** The header fields of a run's requests that hold its credential. */
export function credentialOf(report: RunReport): Headers {
  for (const { steps } of report.scenarios) {
    for (const { exchanges } of steps) {
      for (const { request } of exchanges) {
        const masked = request.headers.filter(([, value]) => value.includes(SECRET_MASK));
        if (masked.length > 0 && (request.credential ?? "given") === "given") return masked;
      }
    }
  }
  return [];
}
