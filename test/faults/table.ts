import { type Fault, PHASES } from "./fault.ts";
import { bodies } from "./faults/body.ts";
import { connecting } from "./faults/connecting.ts";
import { contents } from "./faults/content.ts";
import { headers } from "./faults/headers.ts";
import { redirects } from "./faults/redirects.ts";
import { request } from "./faults/request.ts";
import { reuse } from "./faults/reuse.ts";
import { statusLines } from "./faults/status-line.ts";

/** Every fault with the verdict it has to get, and the clause or reason for it. The matrix is held against this. */
export const FAULTS: readonly Fault[] = [
  ...connecting,
  ...request,
  ...statusLines,
  ...headers,
  ...bodies,
  ...contents,
  ...redirects,
  ...reuse,
];

/** Faults of an exchange, which the proxy puts into any flow. */
export const STRIKING: readonly (Fault & Required<Pick<Fault, "strike">>)[] = FAULTS.flatMap((fault) =>
  fault.strike === undefined ? [] : [{ ...fault, strike: fault.strike }],
);

/** What the first request of a run makes of it, in words. */
function atOnce({ preflight, orPreflight }: Fault): string {
  if (preflight === "judged") return "the run goes on and judges";
  const other = orPreflight === undefined ? "" : ` or \`${orPreflight}\``;
  return `stops: \`${preflight}\`${other}, exit 3`;
}

/** The table as a page to read. */
export function tablePage(): string {
  const rows = PHASES.map((phase) => {
    const faults = FAULTS.filter((fault) => fault.phase === phase);
    return [
      `## ${phase[0]?.toUpperCase()}${phase.slice(1)}`,
      "",
      "| fault | the server … | at some requests | at every request | because |",
      "|---|---|---|---|---|",
      ...faults.map(
        (fault) =>
          `| \`${fault.name}\` | ${fault.does} | ${fault.verdict}${fault.races === true ? " (or unknown, where a POST or PATCH meets it)" : ""} | ${atOnce(fault)} | ${fault.because} |`,
      ),
      "",
    ].join("\n");
  });
  return `${INTRODUCTION}\n${rows.join("\n")}`;
}

const INTRODUCTION = `# What a broken server is told

Made from \`test/faults/table.ts\`; \`npx vitest run test/faults/table.test.ts -u\` writes it anew.

The matrix in this folder holds scim-check to this page over real sockets; \`ways.test.ts\` does so behind TLS and through
a proxy for one fault of each kind.

- **at some requests**: the verdict where the fault meets one kind of request of a flow every time, while the
  credential test is answered. *fail*: the server is wrong, exit 1. *unknown*: it could not be told, exit 3. *pass*: just
  what is said of a sound server. A fault that strikes once and is gone is never a fail where it left no answer.
- **at every request**: what the first request of a run makes of it. A run that stops judges nothing and exits with 3.
`;
