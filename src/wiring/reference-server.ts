import { seededRandom } from "../model/clock.ts";
import { BadInput } from "../model/problem.ts";
import { systemClock } from "./system-clock.ts";
import { onSocket, serverWith, variationsNamed } from "./variations.ts";

/** How the reference server is to behave. All counts are upper bounds. */
export interface ReferenceServerSettings {
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
  readonly quirk?: readonly string[];
}

export interface ReferenceServerHandle {
  /** The base URL, ready for `--url`. */
  readonly url: string;
  /** Absent when the server takes everybody. */
  readonly token?: string;
  close(): Promise<void>;
}

/** Starts the embedded reference server on a real socket. Throws `BadInput` when it cannot be had as it was asked for. */
export async function startReferenceServer(
  settings: ReferenceServerSettings = {},
): Promise<ReferenceServerHandle> {
  const variations = await variationsNamed(settings);
  const [{ listen }, { isLoopback }, { randomBytes }] = await Promise.all([
    import("../reference-server/index.ts"),
    import("../http/index.ts"),
    import("node:crypto"),
  ]);
  const host = settings.host ?? "127.0.0.1";
  if (settings.token === null && !isLoopback(host)) {
    throw new BadInput([
      {
        place: { file: "--no-auth" },
        what: `The server would be open to everybody who reaches ${host}.`,
        next: "Leave --no-auth out, or listen on 127.0.0.1.",
      },
    ]);
  }
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
  const listening = await listen(server, {
    host,
    ...onSocket(character),
    ...(settings.port === undefined ? {} : { port: settings.port }),
  });
  return {
    url: listening.url,
    ...(token === undefined ? {} : { token }),
    close: () => listening.close(),
  };
}
