import type { BodyTemplate } from "../model/scenario.ts";

/** `unique.userName` as `unique.bob.userName`; every other name, and one with a label of its own, stays. */
export function labelled(name: string, label: string): string {
  const [first, kind, ...more] = name.split(".");
  return first === "unique" && kind !== undefined && more.length === 0 ? `unique.${label}.${kind}` : name;
}

/** Gives every `unique` slot of a fixture to another person or group. */
export function relabel(body: BodyTemplate, label: string): BodyTemplate {
  switch (body.kind) {
    case "text":
      return {
        kind: "text",
        template: {
          parts: body.template.parts.map((part) =>
            typeof part === "string" ? part : { ...part, name: labelled(part.name, label) },
          ),
        },
      };
    case "array":
      return { kind: "array", items: body.items.map((item) => relabel(item, label)) };
    case "object":
      return { kind: "object", entries: body.entries.map(([key, item]) => [key, relabel(item, label)]) };
    default:
      return body;
  }
}
