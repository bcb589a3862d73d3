import type { Exchange, Headers, Outcome } from "../../model/exchange.ts";
import { curlOf } from "../curl.ts";
import { clipped } from "../safe-text.ts";
import { durationText, plural, SILENCE_WORDS } from "../wording.ts";
import { lines, type Markup, markup, NOTHING } from "./markup.ts";
import { readableBody } from "./pretty-json.ts";

/** Characters of a body that are shown; the JSON report has what it kept of the rest. */
const LONGEST_BODY = 12_000;

/** One request and its answer on a line, to be opened for headers, bodies, times and the curl command. */
export function exchangeEntry(exchange: Exchange): Markup {
  return markup`<details class="exchange"><summary>${exchangeLine(exchange)}</summary>${exchangeBody(exchange)}</details>`;
}

export function exchangeLine({ request, outcome, timing }: Exchange): Markup {
  return markup`<span class="method">${request.method}</span> <code class="path">${clipped(request.path, 300)}</code>
<span class="came ${toneOf(outcome)}">${cameText(outcome)}</span>${
    timing.totalMs === undefined
      ? NOTHING
      : markup` <span class="took">${durationText(timing.totalMs)}</span>`
  }`;
}

export const cameText = (outcome: Outcome) =>
  outcome.kind === "answer" ? String(outcome.status) : SILENCE_WORDS[outcome.reason];

/** An answer of 4xx is what many requests are there for, so only 5xx and silence look like trouble. */
export function toneOf(outcome: Outcome): "bad" | "warn" | "good" {
  if (outcome.kind === "silence" || outcome.status >= 500) return "bad";
  return outcome.status >= 300 ? "warn" : "good";
}

/** Everything about one exchange. Also runs in the page, where it draws the log. */
export function exchangeBody(exchange: Exchange): Markup {
  const { request, outcome, url } = exchange;
  return markup`<div class="exchange-body">
${queryList(request.path)}
<div class="sides"><div class="side"><p class="side-title">Request</p><p class="wire"><code>${request.method} ${clipped(url, 2_000)}</code></p>${headerList(request.headers)}${bodyBlock(request.body)}</div>
<div class="side"><p class="side-title">Answer</p>${
    outcome.kind === "answer"
      ? markup`<p class="wire"><code>HTTP ${outcome.status}</code></p>${headerList(outcome.headers)}${bodyBlock(outcome.body)}`
      : markup`<p class="wire">No answer: ${outcome.detail}</p>`
  }</div></div>
${curlBlock(exchange)}
<p class="times">${timesText(exchange)}</p>
</div>`;
}

function timesText({ timing }: Exchange): string {
  const parts = [`Sent at ${new Date(timing.startedAt).toISOString()}`];
  if (timing.firstByteMs !== undefined) parts.push(`first byte after ${durationText(timing.firstByteMs)}`);
  if (timing.totalMs !== undefined) parts.push(`complete after ${durationText(timing.totalMs)}`);
  return `${parts.join(", ")}.`;
}

/** The parameters of the query as a person writes them: `userName eq "a+b@example.com"`. */
function queryList(path: string): Markup {
  const query = path.split("?").slice(1).join("?");
  const pairs = query.split("&").filter((pair) => pair.includes("%"));
  if (pairs.length === 0) return NOTHING;
  return markup`<dl class="query">${pairs.map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return markup`<div><dt>${decoded(name)}</dt><dd><code>${decoded(value.join("="))}</code></dd></div>`;
  })}</dl>`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function headerList(headers: Headers): Markup {
  if (headers.length === 0) return NOTHING;
  return markup`<dl class="headers">${headers.map(
    ([name, value]) => markup`<div><dt>${name}</dt><dd>${clipped(value, 2_000)}</dd></div>`,
  )}</dl>`;
}

/** Lines of a body on paper: a group of thousands would take a page for every ten members. */
const PAPER_LINES = 30;

function bodyBlock(body: string | undefined): Markup {
  if (body === undefined || body === "") return NOTHING;
  const all = clipped(readableBody(body), LONGEST_BODY).split("\n");
  // One line more takes no more paper than saying so.
  const shown = all.length - PAPER_LINES < 2 ? all.length : PAPER_LINES;
  const rest =
    shown === all.length
      ? NOTHING
      : markup`<span class="rest">${lines(`\n${all.slice(shown).join("\n")}`)}</span><span class="on-paper">\n… and ${plural(all.length - shown, "more line")}, on the screen</span>`;
  // It scrolls, so the keyboard has to get there.
  return markup`<pre class="body" tabindex="0" role="group" aria-label="Body">${lines(all.slice(0, shown).join("\n"))}${rest}</pre>`;
}

/** The same request as a command to paste. */
function curlBlock(exchange: Exchange): Markup {
  const { command, note } = curlOf(exchange, { width: 100 });
  return markup`<div class="curl"><div class="copyable"><pre class="command">${lines(command)}</pre><button type="button" class="copy" hidden>Copy curl</button></div>${
    note === undefined ? NOTHING : markup`<p class="remark">${note}</p>`
  }</div>`;
}
