import type { Behaviour, Flow } from "../model/behaviour.ts";
import { BadInput, type Problem } from "../model/problem.ts";
import type { Need, Scenario } from "../model/scenario.ts";
import { nearest } from "../model/suggest.ts";
import { matcherOf, matches } from "./pattern.ts";
import { FLOWS_OF_ACTION, OKTA_ACTIONS, type RunSettings } from "./settings.ts";

/** A scenario that is not played, and why. */
export interface Left {
  readonly scenario: Scenario;
  readonly why: string;
}

export interface RunPlan {
  readonly play: readonly Scenario[];
  readonly left: readonly Left[];
  /** Behaviours the run reports on. */
  readonly behaviours: readonly Behaviour[];
}

/**
 * Which scenarios are played, decided before anything is sent. Throws `BadInput` when a pattern matches nothing,
 * or nothing at all is left: a run that asks nothing must not look like a good one.
 */
export function planRun(
  scenarios: readonly Scenario[],
  catalogue: readonly Behaviour[],
  settings: RunSettings,
  isEmbedded: boolean,
): RunPlan {
  const wanted = selected(scenarios, catalogue, settings);
  const play: Scenario[] = [];
  const left: Left[] = [];
  for (const scenario of wanted.scenarios) {
    const why = whyNot(scenario, settings, isEmbedded);
    if (why === undefined) play.push(scenario);
    else left.push({ scenario, why });
  }
  if (play.length === 0) {
    throw new BadInput([
      {
        place: { file: "the selection" },
        what: "leaves no scenario to play.",
        next: left[0] === undefined ? "Select more." : `${left[0].scenario.id}: ${left[0].why}.`,
      },
    ]);
  }
  return { play, left, behaviours: wanted.behaviours };
}

function selected(
  scenarios: readonly Scenario[],
  catalogue: readonly Behaviour[],
  settings: RunSettings,
): { readonly scenarios: readonly Scenario[]; readonly behaviours: readonly Behaviour[] } {
  const { onlyScenarios, onlyBehaviours, oktaApps } = settings;
  const askable = catalogue.filter((behaviour) => whyNotAsked(behaviour, settings) === undefined);
  const problems = [
    ...unmatched(onlyScenarios, scenarios, "scenario"),
    ...unmatched(onlyBehaviours, askable, "behaviour", (pattern) => leftOut(pattern, catalogue, settings)),
  ];
  if (problems.length > 0) throw new BadInput(problems);
  // Scenarios of the RFCs send what Okta never does; what they happen to show of Okta's behaviours is shown elsewhere.
  const rfcClaims = new Set(
    catalogue
      .filter(({ standard }) => standard === "rfc")
      .flatMap(({ claims }) => claims.map(({ id }) => id)),
  );
  const asksOfRfc = ({ steps }: Scenario) =>
    steps.some(({ expect }) => expect.some(({ claim }) => rfcClaims.has(claim)));
  const isChosen = matcherOfAny(onlyScenarios);
  const fits = scenarios.filter(
    (scenario) =>
      (scenario.oktaApp === "both" || oktaApps.includes(scenario.oktaApp)) &&
      isChosen(scenario.id) &&
      (settings.standard === "rfc" || !asksOfRfc(scenario)),
  );
  const isAsked = matcherOfAny(onlyBehaviours);
  const behaviours = askable.filter(({ id }) => isAsked(id));
  const claims = new Set(behaviours.flatMap((behaviour) => behaviour.claims.map(({ id }) => id)));
  const asking = fits.filter(({ steps }) =>
    steps.some(({ expect }) => expect.some(({ claim }) => claims.has(claim))),
  );
  const asked = new Set(
    asking.flatMap(({ steps }) => steps.flatMap(({ expect }) => expect.map((e) => e.claim))),
  );
  return {
    scenarios: asking,
    // With chosen scenarios, only what these ask is reported.
    behaviours:
      onlyScenarios.length === 0
        ? behaviours
        : behaviours.filter((behaviour) => behaviour.claims.some(({ id }) => asked.has(id))),
  };
}

interface Named {
  readonly id: string;
}

type Words = Required<Pick<Problem, "what" | "next">>;

/** @param left what to say of a pattern that fits only what has a name and is not chosen from here */
function unmatched(
  patterns: readonly string[],
  things: readonly Named[],
  what: string,
  left: (pattern: string) => Words | undefined = () => undefined,
): readonly Problem[] {
  return patterns
    .filter((pattern) => !things.some(({ id }) => matches(id, pattern)))
    .map((pattern) => ({
      place: { file: `--${what} ${pattern}` },
      ...(left(pattern) ?? mistyped(pattern, things, what)),
    }));
}

function mistyped(pattern: string, things: readonly Named[], what: string): Words {
  const meant = nearest(
    pattern,
    things.map(({ id }) => id),
  );
  return {
    what: `matches no ${what}.`,
    next: `${meant === undefined ? "" : `Did you mean \`${meant}\`? `}See \`scim-check list ${what}s\`.`,
  };
}

/** Who names a behaviour that is known did not mistype anything: told is why it is not judged. */
function leftOut(pattern: string, catalogue: readonly Behaviour[], settings: RunSettings): Words | undefined {
  const known = catalogue.filter(({ id }) => matches(id, pattern));
  const [first] = known;
  const why = first === undefined ? undefined : whyNotAsked(first, settings);
  if (first === undefined || why === undefined) return undefined;
  if (known.length === 1) return { what: `is known, and not judged: ${why.what}`, next: why.next };
  return {
    what: `matches ${known.length} behaviours that are known, and judges none of them. ${first.id}: ${why.what}`,
    next: why.next,
  };
}

/** Why a run judges nothing of a behaviour, whatever scenarios it plays; undefined where it may. */
function whyNotAsked(
  { id, okta, notJudged, standard }: Behaviour,
  { oktaApps, standard: asked }: RunSettings,
): Words | undefined {
  if (notJudged !== undefined) return { what: notJudged, next: `See \`scim-check explain ${id}\`.` };
  if (standard === "rfc" && asked !== "rfc") {
    return { what: "it is of the RFCs, and this run is of what Okta asks.", next: "Add --standard rfc." };
  }
  if (okta === "both" || oktaApps.includes(okta)) return undefined;
  const others = oktaApps.map((app) => app.toUpperCase()).join(" and ");
  return {
    what: `it is about ${okta.toUpperCase()} apps, and this run is about ${others} apps.`,
    next: `Give --okta-app ${okta}, or leave it out.`,
  };
}

function matcherOfAny(patterns: readonly string[]): (id: string) => boolean {
  const matchers = patterns.map(matcherOf);
  return (id) => matchers.length === 0 || matchers.some((fits) => fits(id));
}

function whyNot(scenario: Scenario, settings: RunSettings, isEmbedded: boolean): string | undefined {
  if (scenario.notOffered !== undefined) return scenario.notOffered;
  const off = switchedOff(scenario.flow, settings);
  if (off !== undefined) return `the action ${off} is switched off (--actions)`;
  if (
    scenario.pushes !== undefined &&
    settings.groups !== undefined &&
    !matches(scenario.pushes, settings.groups)
  ) {
    return `the rule ${settings.groups} does not choose its group ${scenario.pushes} (--groups)`;
  }
  if (settings.readOnly && (scenario.writes || scenario.crowd !== undefined)) {
    return "it writes, and the run is read-only (--read-only)";
  }
  const input = scenario.inputs.find((name) => settings.inputs[name] === undefined);
  if (input !== undefined) return `it needs --input ${input}=…`;
  for (const need of scenario.needs) {
    const why = missing(need, settings, isEmbedded);
    if (why !== undefined) return why;
  }
  return undefined;
}

function switchedOff(flow: Flow, { actions }: RunSettings): string | undefined {
  return OKTA_ACTIONS.find((action) => !actions.includes(action) && FLOWS_OF_ACTION[action].includes(flow));
}

function missing(need: Need, settings: RunSettings, isEmbedded: boolean): string | undefined {
  switch (need) {
    case "large-group":
      return settings.largeGroup === undefined
        ? "a large group was not asked for (--large-group N, up to 50000)"
        : undefined;
    case "member-limit":
      return settings.maxGroupMembers === undefined
        ? "no limit of members per group is known (--max-group-members N, or --target)"
        : undefined;
    case "burst":
      return settings.burst === undefined ? "a burst was not asked for (--burst N)" : undefined;
    case "reference-server":
      return isEmbedded ? undefined : "it needs full control of the directory, as on the embedded server";
    // Known only after the first answer.
    case "empty-tenant":
      return undefined;
  }
}
