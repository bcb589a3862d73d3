import {
  appendFileSync,
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { NAMED_CREDENTIALS, type Request } from "../model/exchange.ts";
import type { Owed } from "../model/ledger.ts";
import { BadInput } from "../model/problem.ts";
import type { Collection } from "../model/scim.ts";
import { errorCode } from "./error-code.ts";
import type { LedgerHeader } from "./file-ledger.ts";

/** A ledger that a run left behind: it died, or could not remove everything. */
export interface OpenLedger extends LedgerHeader {
  readonly file: string;
}

/** What follows it in a name of ours is a hyphen and a number, so that no id is the beginning of another's name. */
const RUN_ID = /^[a-z0-9]{1,32}$/;
/** Bytes; the longest part of a header is the server's address. */
const LONGEST_HEADER = 65_536;
/** Bytes; a ledger of ten million names has fewer. What is larger is not ours to read whole. */
const LARGEST_LEDGER = 64 * 1024 * 1024;

/**
 * Every ledger in the folder, oldest run first. A file that is none is left alone.
 * @throws BadInput when there is a folder that cannot be read: whether anything is left behind is not known then
 */
export function readLedgers(folder: string): readonly OpenLedger[] {
  return namesIn(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => {
      const file = join(folder, name);
      const header = headerIn(file);
      return header === undefined ? [] : [{ ...header, file }];
    })
    .toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT") return [];
    throw new BadInput([
      {
        place: { file: folder },
        what: `What earlier runs left on record here cannot be read (${code}).`,
        next: "Check that it is a folder, and its permissions.",
      },
    ]);
  }
}

// The header is written and synced before anything else, so a run that died still left a whole first line.
function headerIn(file: string): LedgerHeader | undefined {
  try {
    // A pipe would be waited for, and a device has no end.
    if (!statSync(file).isFile()) return undefined;
    const [first = ""] = beginningOf(file).split("\n", 1);
    const { format, run, url, startedAt } = JSON.parse(first) as Readonly<Record<string, unknown>>;
    const isWhole =
      format === "scim-check/ledger@1" &&
      typeof run === "string" &&
      RUN_ID.test(run) &&
      typeof url === "string" &&
      URL.canParse(url) &&
      typeof startedAt === "string";
    return isWhole ? { run, url, startedAt } : undefined;
  } catch {
    return undefined;
  }
}

function beginningOf(file: string): string {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(LONGEST_HEADER);
    return bytes.toString("utf8", 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

/** What the run did and did not undo, the latest first. The last line may be half written; what it would say had not begun. */
export function owedIn({ file }: OpenLedger): readonly Owed[] {
  const owed = new Map<string, Owed>();
  for (const text of linesOf(file)) {
    const line = lineOf(text);
    if (line?.owed !== undefined) owed.set(line.owed.id, line.owed);
    if (line?.paid !== undefined) owed.delete(line.paid);
  }
  return [...owed.values()].toReversed();
}

/** What is known of a run beside its marker. Records of earlier versions tell none of it. */
export interface KnownOfRun {
  /** Ids that answers told. What they belong to may be gone, and need not be ours. */
  readonly ids: Readonly<Record<Collection, readonly string[]>>;
  /** It came to its end, so that there is nothing of it without an id or a name on record. */
  readonly hasEnded: boolean;
  /** A clean-up saw that lists of the server do not show everything. */
  readonly isPartlyHidden: boolean;
}

export function knownOf({ file }: OpenLedger): KnownOfRun {
  const ids = { Users: new Set<string>(), Groups: new Set<string>() };
  let hasEnded = false;
  let isPartlyHidden = false;
  for (const text of linesOf(file)) {
    const { made, leftovers, hidden } = partsOf(text);
    for (const collection of ["Users", "Groups"] as const) {
      const told = made?.[collection];
      for (const id of Array.isArray(told) ? told : []) if (isText(id) && id !== "") ids[collection].add(id);
    }
    hasEnded ||= Array.isArray(leftovers);
    isPartlyHidden ||= hidden === true;
  }
  return { ids: { Users: [...ids.Users], Groups: [...ids.Groups] }, hasEnded, isPartlyHidden };
}

/** Whoever cleans up later, when what proved it is gone, has to know it too. A record that cannot be written costs that. */
export function noteHidden({ file }: OpenLedger): void {
  try {
    // The last line may be half written.
    appendFileSync(file, `\n${JSON.stringify({ hidden: true })}\n`);
  } catch {}
}

interface Parts {
  readonly made?: Partial<Record<Collection, unknown>> | null;
  readonly leftovers?: unknown;
  readonly hidden?: unknown;
}

function partsOf(text: string): Parts {
  // A load has thousands of lines, and what else stands in them is read elsewhere.
  if (!/^\{"(?:made|leftovers|hidden)"/.test(text)) return {};
  try {
    return JSON.parse(text) as Parts;
  } catch {
    return {};
  }
}

function linesOf(file: string): readonly string[] {
  try {
    return statSync(file).size > LARGEST_LEDGER ? [] : readFileSync(file, "utf8").split("\n");
  } catch {
    // Another clean-up was faster, and has undone it.
    return [];
  }
}

function lineOf(text: string): { readonly owed?: Owed; readonly paid?: string } | undefined {
  try {
    const line = JSON.parse(text) as { readonly owed?: Partial<Owed>; readonly paid?: unknown } | null;
    const { id, request } = line?.owed ?? {};
    if (typeof id === "string" && isRequest(request)) return { owed: { id, request } };
    return typeof line?.paid === "string" ? { paid: line.paid } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it can be sent as it stands. A path that begins with no slash could name another host. */
function isRequest(value: unknown): value is Request {
  if (typeof value !== "object" || value === null) return false;
  const {
    method,
    path,
    headers,
    body = "",
    credential = "given",
    below = "host",
  } = value as Partial<Request>;
  return (
    typeof method === "string" &&
    /^[A-Z]+$/.test(method) &&
    typeof path === "string" &&
    path.startsWith("/") &&
    Array.isArray(headers) &&
    headers.every((header) => Array.isArray(header) && header.length === 2 && header.every(isText)) &&
    typeof body === "string" &&
    USES.includes(credential) &&
    below === "host"
  );
}

const USES: readonly string[] = ["given", ...NAMED_CREDENTIALS];
const isText = (value: unknown) => typeof value === "string";

/**
 * Nothing of the run is left on the server.
 * @returns why the record stays, as a code of the file system, if it does; a later clean-up finds nothing then
 */
export function forgetLedger({ file }: OpenLedger): string | undefined {
  try {
    rmSync(file, { force: true });
    return undefined;
  } catch (error) {
    return errorCode(error);
  }
}

/** The same for runs by their ids. What cannot be read or removed by now is no reason to lose the results of a run. */
export function forgetRuns(folder: string, runIds: readonly string[]): void {
  try {
    for (const ledger of readLedgers(folder)) if (runIds.includes(ledger.run)) forgetLedger(ledger);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
  }
}
