import type { Behaviour, Flow, Level } from "../model/behaviour.ts";
import type { Fact, Grade, TargetProfile } from "../model/target.ts";

const LEVEL_OF_GRADE: Readonly<Record<Grade, Level>> = { must: "must", may: "may", open: "may" };

/** The one claim of a fact. */
export const claimOf = (fact: Pick<Fact, "id">) => `${fact.id}.holds`;

/** Every fact as a behaviour of the catalogue, so that it is judged, explained and reported like any other. */
export function behavioursOf(
  profile: TargetProfile,
  flowOf: (fact: Fact) => Flow | undefined,
): readonly Behaviour[] {
  return profile.facts.map((fact): Behaviour => {
    const notJudged = whyNotJudged(fact);
    return {
      id: fact.id,
      standard: "target",
      statement: fact.statement,
      // After everything that harms Okta itself: what a product promises of its own weighs less to Okta.
      harm: HARM_OF_FACTS,
      flow: flowOf(fact) ?? "optional-parts",
      okta: "both",
      versions: ["2.0"],
      claims: [{ id: claimOf(fact), level: LEVEL_OF_GRADE[fact.grade], text: fact.statement }],
      citations: fact.citations,
      request: requestOf(fact),
      goodAnswer: "What the documentation says.",
      consequence: `${profile.product} does not do what it documents: its administrators, and the settings they made in Okta, rely on it.`,
      remedy:
        "Do as the documentation says, or correct the documentation; with a newer release, name it (--target NAME@RELEASE).",
      ...(notJudged === undefined ? {} : { notJudged }),
    };
  });
}

/** What a client looks at, in the words of the profile. */
function requestOf({ observables }: Fact): string {
  if (observables.length === 0) return "none";
  return observables
    .map(({ kind, ...parameters }) => {
      const words = Object.entries(parameters).map(([name, value]) => `${name} ${wordsOf(value)}`);
      return `${kind}: ${words.join(", ")}`;
    })
    .join("\n");
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join(" or ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, one]) => `${name} ${wordsOf(one)}`)
    .join(" ");
}

const HARM_OF_FACTS = 900;

function whyNotJudged({ notObserved, shownWith }: Fact): string | undefined {
  return notObserved ?? (shownWith === undefined ? undefined : `It is shown together with ${shownWith}.`);
}
