import { replying } from "./make.ts";
import type { Quirk } from "./quirk.ts";

function written(write: (json: string) => string) {
  return replying((reply) => (reply.body === "" ? reply : { ...reply, body: write(reply.body) }));
}

const escaped = (character: string) =>
  character === "/" ? "\\/" : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** How JSON is written down; what it says is the same. */
export const jsonText: readonly Quirk[] = [
  {
    name: "pretty-printed",
    title: "JSON is indented, has Windows line ends, and ends with an empty line.",
    permittedBy: "RFC 8259 section 2: white space between tokens means nothing",
    contradicts: ["escaped-text"],
    layer: "app",
    make: written(
      (json) => `${JSON.stringify(JSON.parse(json), null, "\t").replaceAll("\n", "\r\n")}\r\n\r\n`,
    ),
  },
  {
    name: "escaped-text",
    title: "Whatever is not plain ASCII is written as \\uXXXX, and slashes are escaped.",
    permittedBy: "RFC 8259 section 7: any character may be escaped",
    layer: "app",
    make: written((json) => json.replace(/[/\u0080-\uffff<>&']/g, escaped)),
  },
];
