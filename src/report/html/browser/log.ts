import { durationText, plural } from "../../wording.ts";
import { cameText, exchangeBody, toneOf } from "../exchange.ts";
import { type LogEntry, type PackedLog, unpack } from "../log-data.ts";
import { LOG_FILTERS } from "../log-filters.ts";
import { type Markup, markup, NOTHING } from "../markup.ts";
import { showCopyButtons } from "./copy.ts";
import { element } from "./element.ts";
import { words } from "./filters.ts";

/** Rows that are added at a time. */
const ROWS = 200;

/** Draws the log from the data in the page: some rows at first, more as the reader comes to them. */
export function requestLog(): void {
  const data = document.querySelector("#log-data");
  if (data === null) return;
  const section = element(document, "#log");
  const form = element<HTMLFormElement>(document, "#log-filters");
  form.hidden = false;
  // Thousands of entries are parsed only for a reader who comes near them.
  const watch = new IntersectionObserver(
    (seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      show(JSON.parse(data.textContent ?? "") as PackedLog, form);
    },
    { rootMargin: "600px" },
  );
  watch.observe(section);
}

function show(packed: PackedLog, form: HTMLFormElement): void {
  const log = unpack(packed);
  const rows = element(document, "#log-rows");
  const more = element<HTMLButtonElement>(document, "#log-more");
  const lastMs = Math.max(...log.map(endOf)) - packed.startedAt;
  const texts = new Map<LogEntry, string>();
  let matching: readonly LogEntry[] = log;
  let drawn = 0;
  const draw = () => {
    const next = matching.slice(drawn, drawn + ROWS);
    const html = next
      .map((entry) => rowOf(entry, log.indexOf(entry), packed.startedAt, lastMs).html)
      .join("");
    rows.insertAdjacentHTML("beforeend", html);
    drawn += next.length;
    const left = matching.length - drawn;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, ROWS)} more of ${left}`;
  };
  const apply = () => {
    const wanted = new FormData(form);
    const which = LOG_FILTERS[String(wanted.get("which"))];
    const method = String(wanted.get("method"));
    const parts = words(String(wanted.get("text")));
    matching = log.filter(
      (entry) =>
        (which === undefined || which(entry)) &&
        (method === "" || entry.exchange.request.method === method) &&
        (parts.length === 0 || parts.every((part) => textOf(entry, texts).includes(part))),
    );
    element(form, ".shown").textContent =
      matching.length === log.length
        ? plural(log.length, "request")
        : `${matching.length} of ${plural(log.length, "request")}`;
    rows.replaceChildren();
    drawn = 0;
    draw();
  };
  rows.addEventListener("toggle", ({ target }) => open(target, log), { capture: true });
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => queueMicrotask(apply));
  more.addEventListener("click", draw);
  new IntersectionObserver(
    (seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting) && !more.hidden) draw();
    },
    { rootMargin: "400px" },
  ).observe(more);
  apply();
}

const endOf = ({ exchange: { timing } }: LogEntry) => timing.startedAt + (timing.totalMs ?? 0);

/** Headers and bodies are drawn when a row is opened, and not before. */
function open(target: EventTarget | null, log: readonly LogEntry[]): void {
  if (!(target instanceof HTMLDetailsElement) || !target.open || target.childElementCount > 1) return;
  const entry = log[Number(target.dataset.index)];
  if (entry === undefined) return;
  target.insertAdjacentHTML("beforeend", `${brokeList(entry).html}${exchangeBody(entry.exchange).html}`);
  showCopyButtons(target);
}

function rowOf(entry: LogEntry, index: number, startedAt: number, lastMs: number): Markup {
  const { exchange, scenario, step, broke } = entry;
  const { request, outcome, timing } = exchange;
  const at = timing.startedAt - startedAt;
  return markup`<details class="log-row${broke.length > 0 ? " broke" : ""}" data-index="${index}"><summary><span class="at">${(at / 1_000).toFixed(3)} s</span><span class="method">${request.method}</span><code class="path">${request.path.slice(0, 300)}</code><span class="came ${toneOf(outcome)}">${cameText(outcome)}</span><span class="took">${timing.totalMs === undefined ? "" : durationText(timing.totalMs)}</span><svg class="when-bar" aria-hidden="true"><rect x="${share(at, lastMs)}%" width="${Math.max(share(timing.totalMs ?? 0, lastMs), 0.6)}%" height="100%"/></svg><span class="from">${scenario} <b>${step}</b>${broke.length > 0 ? markup` <span class="broke-ids">${broke.join(" ")}</span>` : NOTHING}</span></summary></details>`;
}

const share = (ms: number, of: number) => Math.round((ms / Math.max(of, 1)) * 10_000) / 100;

const brokeList = ({ broke }: LogEntry) =>
  broke.length === 0
    ? NOTHING
    : markup`<p class="ids">Broken here: ${broke.map((id) => markup`<a href="#${id}">${id}</a> `)}</p>`;

function textOf(entry: LogEntry, texts: Map<LogEntry, string>): string {
  const known = texts.get(entry);
  if (known !== undefined) return known;
  const { scenario, step, broke, exchange } = entry;
  const { request, outcome } = exchange;
  const said = outcome.kind === "answer" ? `${outcome.status} ${outcome.body}` : cameText(outcome);
  const text = [scenario, step, ...broke, request.method, request.path, request.body ?? "", said]
    .join("\n")
    .toLowerCase();
  texts.set(entry, text);
  return text;
}
