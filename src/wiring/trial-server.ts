import type { Clock, Random } from "../model/clock.ts";
import { Secret } from "../model/secret.ts";
import { namedTokensOf } from "../reference-server/character/admin/administration.ts";
import type { Character, Variation } from "../reference-server/variation.ts";
import type { ComparedServer, TrialServer } from "../self-test/observe.ts";
import { type CharacterServer, onSocket, serverWith } from "./variations.ts";

const TOKEN = "self-test-0123456789abcdefghijklmnopqrstuvwxyz";
// A name that is not of this machine: what Okta needs of an address can be judged only of such a one.
const ORIGIN = "https://scim.example.com";

/** Starts the server of one trial: in memory, or on a socket of this machine. */
export async function startTrialServer(
  variations: readonly Pick<Variation, "make">[],
  layer: Variation["layer"],
  clock: Clock,
  random: Random,
  compared: ComparedServer = {},
): Promise<TrialServer> {
  const started = await serverWith(variations, {
    clock,
    random,
    token: TOKEN,
    ...(await madeComparable(compared)),
  });
  const way = layer === "wire" ? await overSocket(started, clock) : await inMemory(started, clock);
  const { server, character } = started;
  const limit = server.settings.maxGroupMembers;
  const touches = compared.idsOfChance === true ? await touchedIn(character) : undefined;
  return {
    ...way,
    ...(Number.isFinite(limit) ? { maxGroupMembers: limit } : {}),
    ...(touches === undefined ? {} : { touches }),
    resources: () => {
      const { users, groups } = server.counts();
      return users + groups;
    },
  };
}

async function madeComparable({ idsOfChance = false, onOperation }: ComparedServer) {
  const { telling } = await import("../reference-server/index.ts");
  return {
    ...(idsOfChance ? { makeId: ofChance } : {}),
    ...(onOperation === undefined ? {} : { operations: telling(onOperation) }),
  };
}

const ofChance: NonNullable<Character["makeId"]> = (_sequence, chance) => `${chance()}${chance()}`;

async function touchedIn(character: Character): Promise<readonly string[] | undefined> {
  const { touchedBy } = await import("../reference-server/index.ts");
  return touchedBy(character);
}

type Way = Pick<TrialServer, "send" | "ask" | "close">;

/** Every exchange takes a little virtual time, so that what follows one another can be told from what overlaps. */
async function inMemory({ server, character }: CharacterServer, clock: Clock): Promise<Way> {
  const { memoryWay } = await import("../reference-server/index.ts");
  const { origin = ORIGIN, latency = () => 1 } = character;
  const named = namedTokensOf(TOKEN);
  return { ...memoryWay(server, clock, { origin, latency, named }), close: async () => {} };
}

async function overSocket({ server, character }: CharacterServer, clock: Clock): Promise<Way> {
  const [{ listen }, { createSend }] = await Promise.all([
    import("../reference-server/index.ts"),
    import("../http/index.ts"),
  ]);
  const listening = await listen(server, onSocket(character));
  const sender = createSend({
    baseUrl: new URL(listening.url),
    credential: { kind: "bearer", token: new Secret(TOKEN) },
    clock,
    timeoutMs: 5_000,
  });
  return {
    send: sender.send,
    close: async () => {
      await sender.close();
      await listening.close();
    },
  };
}
