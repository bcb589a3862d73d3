import { seededRandom } from "../model/clock.ts";
import { BadInput, type Problem } from "../model/problem.ts";
import type { Listening } from "../reference-server/index.ts";
import { inputsOfReferenceServer } from "./inputs.ts";
import { profileNamed } from "./profile.ts";
import { generatedToken, referenceTokenOf, type TokenSources } from "./reference-token.ts";
import { systemClock } from "./system-clock.ts";
import { readTlsFiles, type TlsFiles } from "./tls-files.ts";
import { onSocket, playing, serverWith, variationsNamed } from "./variations.ts";

/** How the reference server is to behave. All counts are upper bounds. */
export interface ReferenceServerSettings extends TlsFiles, TokenSources {
  /** `127.0.0.1` when absent. Any other address needs a token, and gets one when none is given. */
  readonly host?: string;
  /** 0, or absent, for any free port. */
  readonly port?: number;
  /** The token to ask for; generated when there is none. `null` lets everybody in, on loopback only. */
  readonly token?: string | null;
  /** People who are there from the start. */
  readonly users?: number;
  readonly maxGroupMembers?: number;
  /** Requests a second; more are answered 429 with `Retry-After`. */
  readonly rateLimit?: number;
  /** Names of things it is to do wrong, and of permitted peculiarities; see `list defects` and `list quirks`. */
  readonly defect?: readonly string[];
  /** Name or path of a target profile: the product it plays. */
  readonly target?: string;
  readonly quirk?: readonly string[];
}

export interface ReferenceServerHandle {
  /** The base URL, ready for `--url`. */
  readonly url: string;
  /** Absent when the server takes everybody; `user:password` where it asks for those. */
  readonly token?: string;
  /** The flag, file or variable that the token came from; absent when it was generated. */
  readonly tokenFrom?: string;
  /** Named inputs (`--input`) for runs against it: tokens of other kinds, disposable people. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Whether other machines may reach it. */
  readonly isOpenToOthers: boolean;
  close(): Promise<void>;
}

/** What surrounds a reference server. */
export interface ReferenceServerContext {
  /** Where `SCIM_TOKEN` is looked up when the settings name no token; not looked up when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Starts the embedded reference server on a real socket. Throws `BadInput` when it cannot be had as it was asked for. */
export async function startReferenceServer(
  settings: ReferenceServerSettings = {},
  { env = {} }: ReferenceServerContext = {},
): Promise<ReferenceServerHandle> {
  const profile = settings.target === undefined ? undefined : await profileNamed(settings.target);
  const variations = [
    ...(profile === undefined ? [] : [await playing(profile)]),
    ...(await variationsNamed(settings)),
  ];
  const [{ listen }, { isLoopback }, { randomBytes }] = await Promise.all([
    import("../reference-server/index.ts"),
    import("../http/index.ts"),
    import("node:crypto"),
  ]);
  const { host = "127.0.0.1", port } = settings;
  const problems: Problem[] = [];
  const given = await referenceTokenOf(settings, env, problems);
  if (profile !== undefined && given.travels.form !== "bearer") problems.push(OTHER_CREDENTIAL);
  if (given.token === null && !isLoopback(host)) problems.push(openToEverybody(host));
  const tls = readTlsFiles(settings, problems);
  if (problems.length > 0) throw new BadInput(problems);
  const token =
    given.token === null
      ? undefined
      : (given.token ?? generatedToken(randomBytes(24).toString("base64url"), given.travels));
  const { server, character } = await serverWith(variations, {
    clock: systemClock(),
    random: seededRandom(randomBytes(4).readUInt32LE()),
    ...(token === undefined ? {} : { token, tokenTravels: given.travels }),
    ...(settings.maxGroupMembers === undefined ? {} : { maxGroupMembers: settings.maxGroupMembers }),
    ...(settings.rateLimit === undefined ? {} : { rateLimit: { perSecond: settings.rateLimit } }),
  });
  if (settings.users !== undefined) server.seed(settings.users);
  const listening = await orProblem(settings, () =>
    listen(server, {
      host,
      ...onSocket(character),
      ...(port === undefined ? {} : { port }),
      ...(tls === undefined ? {} : { tls }),
    }),
  );
  return {
    url: listening.url,
    ...(token === undefined ? {} : { token }),
    ...(given.from === undefined ? {} : { tokenFrom: given.from }),
    inputs: await inputsOfReferenceServer(profile, token),
    isOpenToOthers: !isLoopback(host),
    close: () => listening.close(),
  };
}

const OTHER_CREDENTIAL: Problem = {
  place: { file: "--auth" },
  what: "The products that can be played take bearer tokens alone.",
  next: "Leave --auth and --auth-header out, or --target.",
};

const openToEverybody = (host: string): Problem => ({
  place: { file: "--no-auth" },
  what: `The server would be open to everybody who reaches ${host}.`,
  next: "Leave --no-auth out, or listen on 127.0.0.1.",
});

/** What the machine refuses is said with the flag that asked for it. */
async function orProblem(
  { host = "127.0.0.1", port = 0, tlsCert }: ReferenceServerSettings,
  start: () => Promise<Listening>,
): Promise<Listening> {
  try {
    return await start();
  } catch (error) {
    const { code = "", syscall } = error as NodeJS.ErrnoException;
    if (syscall === "listen" || syscall === "getaddrinfo") {
      const busy = code === "EADDRINUSE" ? "Another program uses it; take another --port." : undefined;
      throw new BadInput([
        {
          place: { file: code === "EADDRINUSE" || code === "EACCES" ? "--port" : "--host" },
          what: `The server cannot listen on ${host}, port ${port} (${code}).`,
          next: busy ?? "Check the address and the port.",
        },
      ]);
    }
    if (tlsCert !== undefined && /^ERR_(OSSL|TLS)/.test(code)) {
      throw new BadInput([
        {
          place: { file: tlsCert },
          what: `Certificate and key cannot be used (${code}).`,
          next: "Both have to be whole, and to belong to each other.",
        },
      ]);
    }
    throw error;
  }
}
