import type { ExitCode, RunReport } from "../../model/report.ts";
import { type Assets, hashOf } from "./assets.ts";
import { SIGNS } from "./mark.ts";
import { Markup, markup } from "./markup.ts";

export interface DocumentFrame {
  readonly title: string;
  readonly tool: RunReport["tool"];
  readonly startedAt: string;
  readonly exitCode: ExitCode;
  /** Sections by id and title; or the whole list, where it has more than one level. */
  readonly contents: Markup | readonly (readonly [id: string, title: string])[];
}

/** A whole page around its sections: one file that loads nothing and sends nothing, whatever a server said to it. */
export function document(frame: DocumentFrame, main: Markup, { style, script }: Assets): string {
  const { title, tool, startedAt, exitCode, contents } = frame;
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
<meta name="generator" content="${tool.name} ${tool.version}">
<title>${title}</title>
<link rel="icon" href="${icon(exitCode)}">
${new Markup(`<style>${style}</style>`)}
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
${SIGNS}
<header class="top"><p class="tool">scim-check</p><p class="when">${startedAt.slice(0, 10)}</p></header>
<div class="frame">${contents instanceof Markup ? contents : list(contents)}
<main id="main" tabindex="-1">
${main}
</main></div>
<footer class="bottom"><p>Made by ${tool.name} ${tool.version}. This file is complete in itself: it loads nothing, and nothing leaves it.</p></footer>
${new Markup(`<script>${script}</script>`)}
</body>
</html>`.html
  }\n`;
}

const list = (contents: readonly (readonly [id: string, title: string])[]) =>
  markup`<nav class="contents" aria-label="Contents"><ul>${contents.map(([id, title]) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;

/** Nothing may be loaded or sent; our own style and script are allowed by their hashes, pictures only as data. */
const policy = (style: string, script: string) =>
  `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; img-src data:; base-uri 'none'; form-action 'none'`;

/** The verdict as the colour of the tab's icon. */
function icon(exitCode: ExitCode): string {
  const colour = exitCode === 0 ? "#1a7a45" : exitCode === 1 ? "#c0281f" : "#a06a10";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="${colour}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
