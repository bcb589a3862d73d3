import { DOMParser } from "@xmldom/xmldom";
import fc from "fast-check";
import { type DefaultTreeAdapterMap, parse } from "parse5";
import { describe, expect } from "vitest";
import { github } from "../../src/report/github.ts";
import { lines, markup } from "../../src/report/html/markup.ts";
import { isSafe, safeLines, safeText } from "../../src/report/safe-text.ts";
import { xmlDocument } from "../../src/report/xml.ts";
import { sampleReport } from "../unit/report/sample-report.ts";
import { holds } from "./property.ts";

/** What a server may say: text of all kinds, and pieces that mean something to a parser. */
const said = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "<",
          ">",
          "&",
          '"',
          "'",
          "`",
          "=",
          "/",
          "]]>",
          "<!--",
          "-->",
          "</script>",
          "</pre>",
          "<script>",
        ),
        fc.constantFrom(
          "&amp;",
          "&#10;",
          "&lt",
          "<![CDATA[",
          "\r",
          "\n",
          "\t",
          "\0",
          "\u2028",
          "\ufffe",
          "\ud800",
          "\u202e",
        ),
        fc.string({ unit: "binary", maxLength: 3 }),
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join("")),
);

describe("a text in XML", () => {
  holds("escaping-xml", "is read back by an XML parser as the text it was, made visible", said, (text) => {
    const written = xmlDocument({
      name: "root",
      attributes: { said: text },
      children: [{ name: "text", attributes: {}, text }],
    });
    const problems: string[] = [];
    const parser = new DOMParser({ onError: (level, message) => problems.push(`${level}: ${message}`) });
    const root = parser.parseFromString(written, "text/xml").documentElement;
    expect(problems).toEqual([]);
    expect(root?.getAttribute("said")).toBe(safeLines(text));
    expect(root?.getElementsByTagName("text")[0]?.textContent).toBe(safeLines(text));
    expect(root?.childNodes.length).toBe(3);
  });
});

type HtmlNode = DefaultTreeAdapterMap["node"];
type HtmlElement = DefaultTreeAdapterMap["element"];

const isElement = (node: HtmlNode): node is HtmlElement => "tagName" in node;

function elementsIn(node: HtmlNode): readonly HtmlElement[] {
  const children = "childNodes" in node ? node.childNodes : [];
  return [...(isElement(node) ? [node] : []), ...children.flatMap(elementsIn)];
}

const textIn = (node: HtmlNode): string =>
  "value" in node ? node.value : "childNodes" in node ? node.childNodes.map(textIn).join("") : "";

describe("a text in HTML", () => {
  holds(
    "escaping-html",
    "is read back by an HTML parser as the text it was, and never as markup",
    said,
    (text) => {
      const page = markup`<!doctype html><html><head><title>${text}</title></head><body><p title="${text}">${text}</p><pre>${lines(`.${text}`)}</pre></body></html>`;
      const elements = elementsIn(parse(page.html));
      expect(elements.map(({ tagName }) => tagName)).toEqual(["html", "head", "title", "body", "p", "pre"]);
      const [, , title, , paragraph, pre] = elements;
      expect(paragraph?.attrs).toEqual([{ name: "title", value: safeText(text) }]);
      for (const element of [title, paragraph]) expect(element && textIn(element)).toBe(safeText(text));
      expect(pre && textIn(pre)).toBe(`.${safeLines(text)}`);
    },
  );
});

/** Whether the runner of GitHub Actions takes a line of the log for a command. */
const isCommand = (line: string) => line.trimStart().startsWith("::") || line.includes("##[");

describe("a text in the log of GitHub Actions", () => {
  const usual = github.render(sampleReport(), {}).split("\n");

  holds(
    "escaping-github",
    "makes no command, no line and no property of an annotation, whatever a server said",
    fc
      .array(
        fc.oneof(
          said,
          fc.constantFrom("::error::x", "##[error]", "%0A", "%3A", ",file=x", "::", "##", "\u00a0::"),
        ),
        {
          maxLength: 4,
        },
      )
      .map((pieces) => pieces.join("")),
    (text) => {
      const written = github.render(sampleReport({ said: text }), {}).split("\n");
      expect(written.length).toBe(usual.length);
      expect(written.map(isCommand)).toEqual(usual.map(isCommand));
      for (const [at, line] of written.entries()) {
        const properties = (one = "") =>
          /^::\w+ (.*?)::/
            .exec(one)?.[1]
            ?.split(",")
            .map((pair) => pair.split("=")[0]);
        expect(properties(line)).toEqual(properties(usual[at]));
        expect(isSafe(line)).toBe(true);
      }
    },
    { runs: 100 },
  );
});
