import { safeLines } from "./safe-text.ts";

/** An XML element as data; text is escaped when it is written, never before. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly children?: readonly XmlElement[];
  readonly text?: string;
}

/** The document, two spaces a level. Elements hold either text or elements, so no white space is added to text. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, "")}`;
}

function written({ name, attributes, children = [], text }: XmlElement, margin: string): string {
  const start = `${margin}<${name}${Object.entries(attributes).map(attributeText).join("")}`;
  if (text !== undefined) return `${start}>${escapedText(text)}</${name}>\n`;
  if (children.length === 0) return `${start}/>\n`;
  return `${start}>\n${children.map((child) => written(child, `${margin}  `)).join("")}${margin}</${name}>\n`;
}

const attributeText = ([name, value]: [string, string | number | undefined]) =>
  value === undefined ? "" : ` ${name}="${escapedAttribute(String(value))}"`;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  // Not for beauty: it is what keeps `]]>` out of the text, where XML forbids it.
  ">": "&gt;",
  '"': "&quot;",
};

// XML 1.0 has no way at all to write most control characters, so they become visible escapes first.
const escapedText = (text: string) => safeLines(text).replace(/[&<>"]/g, (found) => ENTITIES[found] ?? found);

// A parser turns line feeds and tabs in attributes into spaces unless they are references.
const escapedAttribute = (text: string) =>
  escapedText(text).replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
