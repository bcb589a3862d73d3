// Are verdicts the same however many scenarios are played at once?
// node test/bench/determinism.js [--only NAME] [--seed N] [--part 2/8, the second of eight parts]
// Run `npm run build` first. Plays the sound servers, every defect and every quirk of the layer `app` with 1 and with
// 16 scenarios at once, and prints each claim whose verdict differs. Exits 1 when one does. A quarter of an hour on two busy cores.
import "./help.js";
import { readFileSync } from "node:fs";
import { trialsOf } from "../../dist/self-test/trials.js";
import { observerHere } from "../../dist/wiring/self-test.js";
import { variationTables } from "../../dist/wiring/variations.js";

const argument = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? undefined : process.argv[at + 1];
};
const seed = Number(argument("seed") ?? 1);
const only = argument("only");
const [part, parts] = (argument("part") ?? "1/1").split("/").map(Number);

const known = JSON.parse(
  readFileSync(new URL("../determinism/about-concurrency.json", import.meta.url), "utf8"),
);

const tables = await variationTables();
const trials = trialsOf(tables, seed)
  .filter(({ layer }) => layer === "app")
  .filter(({ name, variations }) =>
    only === undefined ? !variations.some((one) => Object.hasOwn(known, one)) : name === only,
  )
  .filter((_trial, index) => index % parts === part - 1);
const signal = new AbortController().signal;
const alone = await observerHere(tables, { seed, isWhole: true, signal, concurrency: 1 });
const together = await observerHere(tables, { seed, isWhole: true, signal, concurrency: 16 });

const verdicts = ({ claims }) => new Map(claims.map((seen) => [seen.claim, seen]));
const told = (seen) =>
  seen === undefined ? "absent" : `${seen.verdict}${seen.seen === undefined ? "" : ` (${seen.seen})`}`;

let differing = 0;
const startedAt = performance.now();
for (const trial of trials) {
  const [one, many] = [verdicts(await alone(trial)), verdicts(await together(trial))];
  const claims = [...new Set([...one.keys(), ...many.keys()])];
  if (claims.length === 0) throw new Error(`nothing was asked of ${trial.name}`);
  const changed = claims.filter((claim) => one.get(claim)?.verdict !== many.get(claim)?.verdict);
  if (changed.length === 0) continue;
  differing += 1;
  console.log(
    `${trial.kind} ${trial.name}${trial.target.length === 0 ? "" : `, which breaks ${trial.target.join(", ")}`}`,
  );
  for (const claim of changed) {
    console.log(
      `  ${claim}\n    1 at once:  ${told(one.get(claim))}\n    16 at once: ${told(many.get(claim))}`,
    );
  }
}
if (only === undefined) {
  console.log("Left out, because their answers depend on what comes at once:");
  for (const [name, why] of Object.entries(known)) console.log(`  ${name}: ${why}`);
}
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
console.log(
  `${trials.length} servers, ${differing} of them with verdicts that depend on how much is played at once; ${seconds} s`,
);
process.exitCode = differing === 0 ? 0 : 1;
