import { readdirSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { formatNames, loadFormatNames, type NameSubject, namesOf, SUBJECTS } from "../../index.ts";
import type { Candidate, Wanted } from "../completion/candidates.ts";
import type { Host } from "../host.ts";

/** `scim-check complete -- WORDS…`, asked by the shells: one candidate a line, and a tab before what it is. */
export async function completeCommand(words: readonly string[], wanted: Wanted, host: Host): Promise<number> {
  const candidates =
    wanted.kind === "words" ? wanted.words : await looked(wanted.of, wanted.before, words, host);
  for (const { word, about } of candidates) {
    host.stdout.write(about === "" ? `${word}\n` : `${word}\t${about}\n`);
  }
  return 0;
}

/** Where the values of a flag or of a command's argument come from. */
const SUBJECT_OF: Readonly<Record<string, NameSubject>> = {
  "--behaviour": "behaviours",
  "--scenario": "scenarios",
  "--target": "targets",
  "--defect": "defects",
  "--quirk": "quirks",
  "--actions": "switches",
  "explain id": "behaviours",
  "load plan": "plans",
};

/** Flags whose values nobody but the user knows. */
const FILES =
  /(file|folder|ca|cert|key|pfx|config|known|since|scenarios|out|json)$|^(render file|merge files)$/;

async function looked(
  of: string,
  before: string,
  words: readonly string[],
  host: Host,
): Promise<readonly Candidate[]> {
  const typed = (words.at(-1) ?? "").slice(before.length);
  const subject = SUBJECT_OF[of];
  if (subject !== undefined) return among(await namesOf(subject), typed, before);
  if (of === "list subject") return among(SUBJECTS, typed, before);
  if (of === "--report") {
    return among(words[0] === "load" ? await loadFormatNames() : await formatNames(), typed, before);
  }
  return FILES.test(of) ? among(filesAt(typed, host), typed, before) : [];
}

const among = (names: readonly string[], typed: string, before: string): readonly Candidate[] =>
  names.filter((name) => name.startsWith(typed)).map((name) => ({ word: `${before}${name}`, about: "" }));

function filesAt(typed: string, host: Host): readonly string[] {
  const folder = typed.endsWith("/") ? typed : typed.includes("/") ? `${dirname(typed)}/` : "";
  try {
    return readdirSync(resolve(host.cwd(), folder), { withFileTypes: true })
      .filter(({ name }) => !name.startsWith(".") || basename(typed).startsWith("."))
      .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}`);
  } catch {
    return [];
  }
}
