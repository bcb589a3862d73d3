import type { Json, JsonObject } from "../model/json.ts";
import { isJsonObject } from "../model/json.ts";
import { type AttributeDefinition, attributeNamed } from "./attribute.ts";
import { resolvePlace } from "./attribute-path.ts";
import { readAttribute, type View } from "./read-attribute.ts";
import type { Resource } from "./resource.ts";
import { commonAttributes, type ResourceType } from "./schemas.ts";

/** Which attributes a reply should carry (RFC 7644 section 3.9). `attributes` wins when both are given. */
export interface Projection {
  readonly attributes?: readonly string[];
  readonly excludedAttributes?: readonly string[];
}

/** What is asked of one attribute: all of it, or some parts. */
type Wanted = "all" | ReadonlySet<string>;

interface Selection {
  readonly kind: "only" | "without";
  /** By extension (empty for core and common) and attribute name. */
  readonly named: ReadonlyMap<string, Wanted>;
}

/** A resource as a reply shows it. What is not shown is not computed either: members may be many. */
export function renderResource(view: View, resource: Resource, projection: Projection): JsonObject {
  const selection = selectionOf(resource.type, projection);
  const shown: Record<string, Json> = {};
  const show = (target: Record<string, Json>, attribute: AttributeDefinition, extension?: string) => {
    const wanted = wantedOf(selection, attribute, extension);
    if (wanted === undefined) return;
    const value = readAttribute(view, resource, extension, attribute.name);
    const part = value === undefined ? undefined : trimmed(value, wanted);
    if (part !== undefined) target[attribute.name] = part;
  };
  for (const attribute of commonAttributes) if (attribute.name !== "meta") show(shown, attribute);
  for (const attribute of resource.type.schema.attributes) show(shown, attribute);
  for (const extension of resource.type.extensions) {
    const inside: Record<string, Json> = {};
    for (const attribute of extension.attributes) show(inside, attribute, extension.id);
    if (Object.keys(inside).length > 0) shown[extension.id] = inside;
  }
  for (const attribute of commonAttributes) if (attribute.name === "meta") show(shown, attribute);
  return shown;
}

/** Whether a reply would carry an attribute of the core schema, so that what is dear to show can be kept short. */
export function shows(type: ResourceType, name: string, projection: Projection): boolean {
  const attribute = attributeNamed(type.schema.attributes, name);
  return attribute !== undefined && wantedOf(selectionOf(type, projection), attribute) !== undefined;
}

type Keep = (part: string) => boolean;

const everyPart: Keep = () => true;

/** Which parts of an attribute to show; undefined for none of it. */
function wantedOf(
  selection: Selection | undefined,
  attribute: AttributeDefinition,
  extension = "",
): Keep | undefined {
  if (attribute.returned === "never") return undefined;
  if (attribute.returned === "always") return everyPart;
  const named = selection?.named.get(`${extension} ${attribute.name}`);
  if (selection?.kind !== "only") {
    if (named === "all") return undefined;
    if (attribute.returned === "request") return undefined;
    return named === undefined ? everyPart : (part) => !named.has(part);
  }
  if (named === undefined) return undefined;
  return named === "all" ? everyPart : (part) => named.has(part);
}

/** The value with the wanted parts alone; undefined when none of them is there. */
function trimmed(value: Json, keep: Keep): Json | undefined {
  if (Array.isArray(value)) {
    if (keep === everyPart || value.length === 0) return value;
    const items = (value as readonly Json[]).flatMap((item) => trimmed(item, keep) ?? []);
    return items.length === 0 ? undefined : items;
  }
  if (keep === everyPart || !isJsonObject(value)) return value;
  const parts = Object.entries(value).filter(([part]) => keep(part));
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}

/** Worked out once for a whole page: a request may name thousands of attributes. */
const selections = new WeakMap<Projection, Map<ResourceType, Selection>>();

function selectionOf(type: ResourceType, projection: Projection): Selection | undefined {
  const names = projection.attributes ?? projection.excludedAttributes;
  if (names === undefined) return undefined;
  const known = selections.get(projection) ?? new Map<ResourceType, Selection>();
  const selection = known.get(type) ?? selectionBy(names, type, projection);
  selections.set(projection, known.set(type, selection));
  return selection;
}

function selectionBy(names: readonly string[], type: ResourceType, projection: Projection): Selection {
  const named = new Map<string, Wanted>();
  for (const name of names) {
    const place = resolvePlace(type, name);
    if (place === undefined) continue;
    if (!("attribute" in place)) {
      const extension = type.extensions.find(({ id }) => id === place.extension);
      for (const { name } of extension?.attributes ?? []) named.set(`${place.extension} ${name}`, "all");
      continue;
    }
    const key = `${place.extension ?? ""} ${place.attribute.name}`;
    const before = named.get(key);
    if (place.subAttribute === undefined || before === "all") named.set(key, "all");
    else named.set(key, new Set([...(before ?? []), place.subAttribute.name]));
  }
  return { kind: projection.attributes === undefined ? "without" : "only", named };
}
