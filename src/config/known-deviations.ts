import { decodeYamlFile, inReadingOrder, type Shape, yamlText, z } from "../decode/index.ts";
import type { OktaApp, OktaApps } from "../model/behaviour.ts";
import { isDay } from "../model/calendar.ts";
import type { KnownDeviation } from "../model/known-deviation.ts";
import type { Problem } from "../model/problem.ts";
import type { RunReport } from "../model/report.ts";

const day = z.string().refine(isDay, "a day such as 2026-12-31");
const sentence = z.string().refine((text) => text.trim() !== "", "a sentence that says why");

const SHAPE = z.strictObject({
  deviations: z.array(
    z.strictObject({
      behaviour: z.string(),
      claim: z.string().optional(),
      "okta-app": z.enum(["aiw", "oin"]).optional(),
      why: sentence,
      until: day.optional(),
      link: z.url().optional(),
    }),
  ),
});

type File = z.infer<typeof SHAPE>;

export type KnownDeviations =
  | { readonly ok: true; readonly known: readonly KnownDeviation[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a list of known deviations, or says everything that is wrong with it. What it names is checked later. */
export function readKnownDeviations(file: string): KnownDeviations {
  const decoded = decodeYamlFile(file, SHAPE as Shape<File>);
  if (!decoded.ok) return decoded;
  const known = decoded.value.deviations.map(
    ({ behaviour, claim, "okta-app": oktaApp, why, until, link }, index): KnownDeviation => ({
      behaviour,
      why,
      place: decoded.placeOf(["deviations", index]),
      ...(claim === undefined ? {} : { claim }),
      ...(oktaApp === undefined ? {} : { oktaApp }),
      ...(until === undefined ? {} : { until }),
      ...(link === undefined ? {} : { link }),
    }),
  );
  const problems = known.flatMap((one, index) => twice(one, known.slice(0, index)));
  return problems.length === 0 ? { ok: true, known } : { ok: false, problems: inReadingOrder(problems) };
}

function twice(one: KnownDeviation, before: readonly KnownDeviation[]): readonly Problem[] {
  const same = before.find(
    ({ behaviour, claim, oktaApp }) =>
      behaviour === one.behaviour && claim === one.claim && oktaApp === one.oktaApp,
  );
  if (same === undefined) return [];
  const what = `${one.claim ?? one.behaviour} is listed twice: line ${same.place.line} has it too.`;
  return [{ place: one.place, what, next: "Keep one of them." }];
}

/**
 * A first list: every must and every should that this run saw broken, claim by claim, so that nothing else of the
 * same behaviour is excused with it.
 */
export function knownDeviationsText(report: RunReport): string {
  const day = report.run.startedAt.slice(0, 10);
  const deviations = report.behaviours.flatMap((behaviour) =>
    behaviour.claims
      .filter(({ level, verdict }) => verdict.kind === "fail" && (level === "must" || level === "should"))
      .map(({ id, level, text, byApp }) => ({
        behaviour: behaviour.id,
        ...(behaviour.claims.length === 1 ? {} : { claim: id }),
        ...onlyApp(behaviour.okta, byApp),
        why: `Seen on ${day}; nobody has said yet why it is accepted. (${level}) ${text}`,
      })),
  );
  return [
    "# Failures that do not break the build: scim-check run --known FILE.",
    "# Say why each is accepted. `until: 2026-12-31` gives it a last day, `link:` the place where it is worked on.",
    yamlText({ deviations }),
  ].join("\n");
}

// An entry without a kind of app is about both, and a run under one kind could never tell that it is mended.
function onlyApp(
  okta: OktaApps,
  byApp: Readonly<Partial<Record<OktaApp, string>>>,
): { readonly "okta-app"?: OktaApp } {
  const broken = (["aiw", "oin"] as const).filter((app) => byApp[app] === "fail");
  const [one] = broken;
  return okta === "both" && broken.length === 1 && one !== undefined ? { "okta-app": one } : {};
}
