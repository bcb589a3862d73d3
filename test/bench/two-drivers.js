// Do the compiled play and the engine's own say the same of a broken server? node test/bench/two-drivers.js [part/parts]
// Run `npm run build` first. Plays every repeatable scenario, those of the plans among them, in both ways against the sound
// server, every defect and every other quirk that needs no socket, and prints where they differ: in the claims that were broken,
// in which answers counted as errors, or in what was taken for acknowledged. Exits 1 when they do. Some minutes on a busy
// core.
import "./help.js";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createPlays } from "../../dist/load/playing/create-plays.js";
import { Register } from "../../dist/load/register.js";
import { OverSend } from "../../dist/load/wire/over-send.js";
import { seededRandom } from "../../dist/model/clock.js";
import { speak } from "../../dist/okta/headers.js";
import { memorySend } from "../../dist/reference-server/memory-send.js";
import { loadBody } from "../../dist/scenarios/load-body.js";
import { virtualClock } from "../../dist/self-test/virtual-clock.js";
import { loadLibraryForLoad } from "../../dist/wiring/load-plans.js";
import { serverWith, variationTables } from "../../dist/wiring/variations.js";

const fixtures = new URL("../../fixtures", import.meta.url).pathname;
const userBody = JSON.parse(
  readFileSync(new URL("../../dist/wiring/library.json", import.meta.url), "utf8"),
).userBody;
const groupBody = loadBody(fixtures, "okta/group.json");
/** Large crowds are played smaller: what is judged does not depend on how many there are. */
const POPULATION = { users: 12, groups: 1, members: 3 };

/** Repeatable scenarios, with the crowds of the large-group plans cut down. */
export async function repeatableScenarios() {
  const library = await loadLibraryForLoad();
  const scenarios = library.scenarios
    .filter(({ repeatable }) => repeatable)
    .map((scenario) =>
      scenario.crowd?.kind === "literal" && scenario.crowd.value > 10
        ? { ...scenario, crowd: { kind: "literal", value: 10 } }
        : scenario,
    );
  return { library, scenarios };
}

/** What one way of playing said. Everything that does not depend on names or ids. */
async function played(scenario, variations, library, isFull) {
  const clock = virtualClock(1_000);
  const { server, character } = await serverWith(variations, { clock, random: seededRandom(3) });
  const latency = character.latency === undefined ? {} : { latency: character.latency };
  const answering = memorySend(server, clock, latency);
  const answers = createHash("sha256");
  const send = async (request, signal) => {
    const exchange = await answering(request, signal);
    answers.update(JSON.stringify([request.method, request.path, exchange.outcome]));
    return exchange;
  };
  const told = { broken: new Set(), exchanges: [], effects: [], ended: [] };
  const register = new Register();
  let allEnded = () => {};
  const plays = createPlays({
    mix: [scenario],
    observer: {
      exchanged: (operation, _play, _due, _sent, _ended, status, asExpected) => {
        const { name, unmeasured } = plays.operations[operation];
        if (!unmeasured) told.exchanges.push(`${name} ${status} ${asExpected ? "as expected" : "an error"}`);
      },
      effect: (effect, certainty, number, other, ...rest) => {
        told.effects.push(`${effect} ${number} ${other} ${certainty}`);
        register.took(effect, certainty, number, other, ...rest);
      },
      isMember: (group, user) => register.isMember(group, user),
      isThere: (number) => register.isThere(number),
      foundNothing: (operation) => told.exchanges.push(`${plays.operations[operation].name} found nothing`),
      broken: (operation, claim) =>
        void told.broken.add(`${plays.operations[operation].name} ${claim}`) ?? false,
      shown: () => {},
      judged: () => {},
      throttled: () => {},
      resumed: () => {},
      scanGaveWay: (_operation, why) => told.exchanges.push(`gave way: ${why}`),
      ended: (_play, _scenario, _due, _at, end) => {
        told.ended.push(end);
        allEnded();
      },
    },
    wire: new OverSend({ send, now: clock.now, epoch: 0, close: async () => {}, authority: "scim.test" }),
    given: new Map(),
    actions: library.actions,
    checks: library.checks,
    speak,
    people: library.people,
    runId: "bothwy",
    firstNumber: 1,
    ledger: { lease: () => {}, close: () => {} },
    random: seededRandom(1),
    oktaApp: "oin",
    userBody,
    groupBody,
    now: clock.now,
    clock,
    settleMs: 2_000,
    oktaTimeScale: 1,
    oktaWaits: false,
  });
  const { shortBecause } = await plays.populate(POPULATION);
  if (shortBecause !== undefined) return undefined;
  const isCompiled = plays.scenarios[0].notCompiledBecause === undefined;
  told.effects.length = 0;
  await new Promise((resolve) => {
    allEnded = resolve;
    plays.start(0, 0, clock.now(), isFull);
  });
  const whole = plays.operations.flatMap(({ name, claims, sampledClaims }) =>
    claims.filter((claim) => !sampledClaims.includes(claim)).map((claim) => `${name} ${claim}`),
  );
  return { ...told, isCompiled, whole, answers: answers.digest("hex") };
}

/** What the sound server answers to the compiled play of each scenario. */
const soundAnswers = new Map();

/** In what the two ways differ, as sentences; undefined where a scenario is not compiled or cannot be begun. */
export async function differences(scenario, variations, library) {
  const compiled = await played(scenario, variations, library, false);
  if (compiled === undefined || !compiled.isCompiled) return undefined;
  // A play under load ends where no answer comes, and the engine goes on to what can still be asked.
  if (compiled.exchanges.some((one) => / 0 an error$/.test(one))) return [];
  // Equal answers are judged equally, in either way.
  if (variations.length === 0) soundAnswers.set(scenario.id, compiled.answers);
  else if (soundAnswers.get(scenario.id) === compiled.answers) return [];
  const full = await played(scenario, variations, library, true);
  const found = [];
  for (const broken of compiled.broken) {
    if (!full.broken.has(broken)) found.push(`only the compiled play calls it broken: ${broken}`);
  }
  for (const claim of compiled.whole) {
    if (full.broken.has(claim) && !compiled.broken.has(claim)) {
      found.push(`only the engine calls it broken: ${claim}`);
    }
  }
  // The engine asks again where a named check does not hold yet, and tells of every push of the same people; whom a limit
  // of the server's refuses for a moment is a matter of pace.
  const throttled = / 429 /;
  const alike = {
    exchanges: (all) =>
      all.filter((one) => !throttled.test(one)).filter((one, at, rest) => one !== rest[at - 1]),
    effects: (all) => {
      const done = new Set(all);
      return [...done].filter(
        (one) => !done.has(one.replace(/ refused$/, " acknowledged")) || !one.endsWith(" refused"),
      );
    },
    ended: (all) => all,
  };
  for (const [about, told] of Object.entries(alike)) {
    const [one, other] = [told(compiled[about]).join("\n"), told(full[about]).join("\n")];
    if (one !== other)
      found.push(
        `${about}:\n    compiled  ${one.replaceAll("\n", "; ")}\n    engine    ${other.replaceAll("\n", "; ")}`,
      );
  }
  return found;
}

async function compareAll([part, parts]) {
  const [{ library, scenarios }, { defects, quirks }] = await Promise.all([
    repeatableScenarios(),
    variationTables(),
  ]);
  // What shows late is looked at again by each way in its own measure, and a limit on the rate is a matter of pace.
  const prompt = quirks.filter(({ name }) => !/^(?:reads-lag-|honest-rate-limit$)/.test(name));
  const varied = [...prompt, ...defects].filter((_variation, index) => index % parts === part - 1);
  const servers = [
    { name: "sound", variations: [] },
    ...varied.map((variation) => ({ name: variation.name, variations: [variation] })),
  ];
  let compared = 0;
  let broke = 0;
  let differing = 0;
  for (const { name, variations } of servers) {
    for (const scenario of scenarios) {
      const found = await differences(scenario, variations, library);
      if (found === undefined) continue;
      compared += 1;
      if (found.length > 0) differing += 1;
      for (const difference of found) console.log(`${name}, ${scenario.id}: ${difference}`);
    }
    broke += 1;
  }
  console.log(`${broke} servers, ${compared} pairs of plays compared, ${differing} differ`);
  return differing === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const isSame = await compareAll((process.argv[2] ?? "1/1").split("/").map(Number));
  process.exitCode = isSame ? 0 : 1;
}
