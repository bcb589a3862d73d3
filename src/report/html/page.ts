import type { RunReport } from "../../model/report.ts";
import { type Assets, hashOf } from "./assets.ts";
import { behavioursSection } from "./behaviours.ts";
import { causesSection } from "./causes.ts";
import { comparisonSection } from "./comparison.ts";
import { contents } from "./contents.ts";
import { flowsSection } from "./flows.ts";
import { knownSection } from "./known.ts";
import { leftoversSection } from "./leftovers.ts";
import { logSection } from "./log.ts";
import { SIGNS } from "./mark.ts";
import { Markup, markup } from "./markup.ts";
import { stoppedSection } from "./stopped.ts";
import { summary, targetText } from "./summary.ts";

/** The whole page: one file that loads nothing and sends nothing, whatever a server said to it. */
export function page(report: RunReport, { style, script }: Assets): string {
  const body = markup`<a class="skip" href="#main">Skip to the report</a>
${SIGNS}
<header class="top"><p class="tool">scim-check</p><p class="when">${report.run.startedAt.slice(0, 10)}</p></header>
<div class="frame">${contents(report)}
<main id="main" tabindex="-1">
${summary(report)}
${stoppedSection(report)}
${causesSection(report)}
${knownSection(report)}
${comparisonSection(report)}
${flowsSection(report)}
${behavioursSection(report)}
${logSection(report)}
${leftoversSection(report)}
</main></div>
<footer class="bottom"><p>Made by ${report.tool.name} ${report.tool.version}. This file is complete in itself: it loads nothing, and nothing leaves it.</p></footer>`;
  return `${
    markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="generator" content="${report.tool.name} ${report.tool.version}">
<title>${titleOf(report)}</title>
<link rel="icon" href="${icon(report)}">
${new Markup(`<style>${style}</style>`)}
</head>
<body>
${body}
${new Markup(`<script>${script}</script>`)}
</body>
</html>`.html
  }\n`;
}

/** Nothing may be loaded or sent; our own style and script are allowed by their hashes, pictures only as data. */
const policy = (style: string, script: string) =>
  `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; img-src data:; base-uri 'none'; form-action 'none'`;

function titleOf(report: RunReport): string {
  const words = { yes: "works", no: "does not work", unknown: "could not tell" };
  const fits = report.outcome.fitness.map(({ app, fit }) => `${app.toUpperCase()} ${words[fit]}`);
  return `${fits.join(", ")}: ${targetText(report)} · scim-check`;
}

/** The verdict as the colour of the tab's icon. */
function icon({ outcome }: RunReport): string {
  const colour = outcome.exitCode === 0 ? "#1a7a45" : outcome.exitCode === 1 ? "#c0281f" : "#a06a10";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="${colour}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
