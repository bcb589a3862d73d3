import { seededRandom } from "../model/clock.ts";
import { BadInput, type Problem } from "../model/problem.ts";
import type { Listening } from "../reference-server/index.ts";
import { inputsOfReferenceServer } from "./inputs.ts";
import { profileNamed } from "./profile.ts";
import { systemClock } from "./system-clock.ts";
import { readTlsFiles, type TlsFiles } from "./tls-files.ts";
import { onSocket, playing, serverWith, variationsNamed } from "./variations.ts";

/** How the reference server is to behave. All counts are upper bounds. */
export interface ReferenceServerSettings extends TlsFiles {
  /** `127.0.0.1` when absent. Any other address needs a token, and gets one when none is given. */
  readonly host?: string;
  /** 0, or absent, for any free port. */
  readonly port?: number;
  /** The bearer token to ask for; generated when absent. `null` lets everybody in, on loopback only. */
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
  /** Absent when the server takes everybody. */
  readonly token?: string;
  /** Named inputs (`--input`) for runs against it: tokens of other kinds, disposable people. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Whether other machines may reach it. */
  readonly isOpenToOthers: boolean;
  close(): Promise<void>;
}

/** Starts the embedded reference server on a real socket. Throws `BadInput` when it cannot be had as it was asked for. */
export async function startReferenceServer(
  settings: ReferenceServerSettings = {},
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
  const problems = tokenProblems(settings.token, host, isLoopback(host));
  const tls = readTlsFiles(settings, problems);
  if (problems.length > 0) throw new BadInput(problems);
  const token =
    settings.token === null ? undefined : (settings.token ?? randomBytes(24).toString("base64url"));
  const { server, character } = await serverWith(variations, {
    clock: systemClock(),
    random: seededRandom(randomBytes(4).readUInt32LE()),
    ...(token === undefined ? {} : { token }),
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
    inputs: await inputsOfReferenceServer(profile, token),
    isOpenToOthers: !isLoopback(host),
    close: () => listening.close(),
  };
}

function tokenProblems(token: string | null | undefined, host: string, isLoopback: boolean): Problem[] {
  if (token === null && !isLoopback) {
    return [
      {
        place: { file: "--no-auth" },
        what: `The server would be open to everybody who reaches ${host}.`,
        next: "Leave --no-auth out, or listen on 127.0.0.1.",
      },
    ];
  }
  // What cannot stand behind `Bearer` would lock everybody out (RFC 6750 section 2.1).
  if (typeof token === "string" && !/^[A-Za-z0-9._~+/-]+=*$/.test(token)) {
    return [
      {
        place: { file: "--token" },
        what: "This cannot be a bearer token.",
        next: "Use letters, digits and -._~+/ alone, or leave --token out and get one.",
      },
    ];
  }
  return [];
}

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
