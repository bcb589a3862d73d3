import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  BadInput,
  type CiSystem,
  type Problem,
  type StarterAnswers,
  type StarterFile,
  secretVariable,
  starterAnswers,
  starterFiles,
} from "../../index.ts";
import { type Dialogue, openDialogue } from "../dialogue.ts";
import type { Host } from "../host.ts";
import { whyUnwritten } from "../outputs.ts";
import { toFile } from "../reports.ts";

interface InitFlags {
  readonly url?: string;
  readonly oktaApp?: "aiw" | "oin" | "both";
  readonly auth?: StarterAnswers["auth"];
  readonly authHeader?: string;
  readonly oauthTokenUrl?: string;
  readonly oauthClientId?: string;
  readonly ci?: readonly CiSystem[];
  readonly force?: boolean;
}

/** `scim-check init`: asks what no flag says where there is somebody to ask, and writes nothing over. */
export async function initCommand(flags: InitFlags, host: Host): Promise<number> {
  const canAsk = host.stdin.isTTY === true && host.stderr.isTTY === true;
  const given = canAsk ? await asked(flags, host) : flags;
  const answers = await starterAnswers({ ...given, ci: given.ci ?? CI_OF.both });
  const files = await starterFiles(answers);
  const there = files.filter(({ path }) => existsSync(join(host.cwd(), path)));
  if (flags.force !== true) refuseThose(there.filter(({ ifThere }) => ifThere === undefined));
  for (const file of files) {
    // What belongs to others is never written over, not even by force.
    if (file.ifThere !== undefined && there.includes(file)) {
      host.stdout.write(`${file.path} is left as it is. ${file.ifThere}`);
      continue;
    }
    write(file, host);
    host.stdout.write(`${file.path} is written.\n`);
  }
  const secret = await secretVariable(answers);
  host.stdout.write(
    `\nNext: store the secret as ${secret} where the workflow runs, and try it here:\n\n  ${secret}=… scim-check run\n`,
  );
  return 0;
}

function refuseThose(there: readonly StarterFile[]): void {
  const problems = there.map(
    ({ path }): Problem => ({
      place: { file: path },
      what: "The file is there already, and nothing was written.",
      next: "Move it away, or write over it with --force.",
    }),
  );
  if (problems.length > 0) throw new BadInput(problems);
}

function write({ path, text }: StarterFile, host: Host): void {
  const file = join(host.cwd(), path);
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw unwritten(path, whyUnwritten(error));
  }
  const lost = toFile(text, file);
  if (lost !== undefined) throw unwritten(path, lost.why);
}

const unwritten = (path: string, why: string) =>
  new BadInput([
    {
      place: { file: path },
      what: `The file cannot be written (${why}).`,
      next: "Make room for it, or go where files may be written.",
    },
  ]);

/** Asks for what no flag said. An empty answer takes what stands in brackets. */
async function asked(flags: InitFlags, host: Host): Promise<InitFlags> {
  const dialogue = openDialogue(host);
  try {
    const url =
      flags.url ?? (await answer(dialogue, "Base URL of the SCIM endpoint (the part before /Users): "));
    const oktaApp =
      flags.oktaApp ??
      (await choose(dialogue, "Kind of Okta app: aiw (custom), oin (catalogue) or both", [
        "both",
        "aiw",
        "oin",
      ]));
    const auth =
      flags.auth ??
      (flags.authHeader === undefined
        ? await choose(dialogue, "Credential: bearer, header, basic or oauth", [
            "bearer",
            "header",
            "basic",
            "oauth",
          ])
        : "header");
    const client = auth === "oauth" ? await askedClient(flags, dialogue) : {};
    const ci =
      flags.ci ??
      CI_OF[
        await choose(dialogue, "Workflow for github, gitlab, both or none", [
          "github",
          "gitlab",
          "both",
          "none",
        ])
      ];
    return { ...flags, url, oktaApp, auth, ...client, ci };
  } finally {
    dialogue.close();
  }
}

const CI_OF = { github: ["github"], gitlab: ["gitlab"], both: ["github", "gitlab"], none: [] } as const;

async function askedClient(flags: InitFlags, dialogue: Dialogue): Promise<Partial<InitFlags>> {
  const oauthTokenUrl = flags.oauthTokenUrl ?? (await answer(dialogue, "URL of the token endpoint: "));
  const oauthClientId = flags.oauthClientId ?? (await answer(dialogue, "Id of the OAuth client: "));
  return { oauthTokenUrl, oauthClientId };
}

async function answer(dialogue: Dialogue, question: string): Promise<string> {
  const line = await dialogue.ask(question);
  if (line !== undefined) return line;
  throw new BadInput([
    {
      place: { file: "standard input" },
      what: "The answers ended before the last question, and nothing was written.",
      next: "Answer each, or give flags instead (scim-check init --help).",
    },
  ]);
}

async function choose<const Word extends string>(
  dialogue: Dialogue,
  question: string,
  words: readonly [Word, ...Word[]],
): Promise<Word> {
  for (;;) {
    const said = (await answer(dialogue, `${question} [${words[0]}]: `)).trim().toLowerCase();
    if (said === "") return words[0];
    const word = words.find((one) => one === said);
    if (word !== undefined) return word;
  }
}
