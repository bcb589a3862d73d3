import type { Clock, Random } from "../model/clock.ts";
import { BadInput, type Problem } from "../model/problem.ts";
import { playedObservables, type TargetProfile } from "../model/target.ts";
import type { ReferenceServer, ReferenceServerOptions } from "../reference-server/app.ts";
import type { Defect } from "../reference-server/defects/defect.ts";
import type { ListenOptions } from "../reference-server/listen.ts";
import type { Operations } from "../reference-server/operations.ts";
import type { Quirk } from "../reference-server/quirks/quirk.ts";
import type { Character, Variation } from "../reference-server/variation.ts";

/** Names of what makes the embedded server differ from the sound one. */
export interface VariationNames {
  readonly defect?: readonly string[];
  readonly quirk?: readonly string[];
}

export interface VariationTables {
  readonly sound: readonly Variation[];
  readonly defects: readonly Defect[];
  readonly quirks: readonly Quirk[];
}

export async function variationTables(): Promise<VariationTables> {
  const [{ soundVariations }, { defects }, { quirks }] = await Promise.all([
    import("../reference-server/sound-variations.ts"),
    import("../reference-server/defects/index.ts"),
    import("../reference-server/quirks/index.ts"),
  ]);
  return { sound: soundVariations, defects, quirks };
}

/** Quirks first, so that a defect spoils the server as the quirks have made it. Throws `BadInput` for unknown names. */
export async function variationsNamed({
  defect = [],
  quirk = [],
}: VariationNames): Promise<readonly Variation[]> {
  if (defect.length + quirk.length === 0) return [];
  const [{ defects, quirks }, { didYouMean }] = await Promise.all([
    variationTables(),
    import("../decode/index.ts"),
  ]);
  const problems: Problem[] = [];
  const named = <Kind extends Variation>(kind: string, all: readonly Kind[], names: readonly string[]) =>
    names.flatMap((name) => {
      const found = all.find((one) => one.name === name);
      if (found !== undefined) return [found];
      const hint = didYouMean(
        name,
        all.map((one) => one.name),
      );
      const next = `${hint === undefined || hint === "" ? "" : `${hint} `}See \`scim-check list ${kind}s\`.`;
      problems.push({
        place: { file: `--${kind}` },
        what: `There is no ${kind} named ${JSON.stringify(name)}.`,
        next,
      });
      return [];
    });
  const chosen = [...named("quirk", quirks, quirk), ...named("defect", defects, defect)];
  if (problems.length > 0) throw new BadInput(problems);
  return chosen;
}

export interface CharacterServer {
  readonly server: ReferenceServer;
  readonly character: Character;
}

/** The variation that plays a product: what its documentation says, as far as a client can see it. */
export async function playing(profile: TargetProfile): Promise<Pick<Variation, "make">> {
  const { characterOfFacts } = await import("../reference-server/character/index.ts");
  return { make: characterOfFacts(playedObservables(profile)) };
}

/**
 * A reference server with all the variations at once. Limits in `options` count for more than theirs; `makeId` is for
 * those that have no ids of their own, and `operations` are what they build on.
 */
export async function serverWith(
  variations: readonly Pick<Variation, "make">[],
  options: { readonly clock: Clock; readonly random: Random } & Character &
    Pick<ReferenceServerOptions, "token" | "tokenTravels"> & { readonly operations?: Operations },
): Promise<CharacterServer> {
  const [{ createReferenceServer, soundOperations }, { characterOf }] = await Promise.all([
    import("../reference-server/index.ts"),
    import("../reference-server/variation.ts"),
  ]);
  const { operations = soundOperations, makeId, ...more } = options;
  const character = characterOf(variations, { ...more, operations });
  const server = createReferenceServer({
    ...(makeId === undefined ? {} : { makeId }),
    ...character,
    ...more,
    replace: { ...operations, ...character.replace },
  });
  return { server, character };
}

/** What of a character concerns the socket. */
export function onSocket({ write, latency }: Character): Pick<ListenOptions, "write" | "latency"> {
  return {
    ...(write === undefined ? {} : { write }),
    ...(latency === undefined ? {} : { latency }),
  };
}
