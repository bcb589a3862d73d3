/** Run by the build: makes the style and the script that every HTML report carries. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const from = (path) => new URL(`../report/html/${path}`, import.meta.url);
const to = (path) => new URL(`../../dist/report/html/${path}`, import.meta.url);

mkdirSync(to("built/"), { recursive: true });

const sheets = [
  "tokens",
  "frame",
  "summary",
  "failure",
  "exchange",
  "rows",
  "filters",
  "log",
  "load",
  "print",
];
writeFileSync(
  to("built/style.css"),
  sheets.map((name) => readFileSync(from(`style/${name}.css`), "utf8")).join("\n"),
);

const { output } = await build({
  input: fileURLToPath(from("browser/main.ts")),
  output: { format: "iife", minify: true },
  write: false,
});
const [{ code }] = output;
if (/<\/script|<!--/i.test(code)) throw new Error("The page's script would end its own element.");
// A raw tab in a string would be the one invisible character of the page.
writeFileSync(to("built/script.js"), code.replaceAll("\t", "\\t"));
