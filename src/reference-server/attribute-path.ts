import { type AttributeDefinition, attributeNamed, subAttributeNamed } from "./attribute.ts";
import { commonAttributes, type ResourceType } from "./schemas.ts";

/** Where a value stands in a resource, in terms of its schemas. */
export interface AttributePlace {
  /** The URN of the extension that holds the attribute; absent for the core schema and the common attributes. */
  readonly extension?: string;
  readonly attribute: AttributeDefinition;
  readonly subAttribute?: AttributeDefinition;
}

/** A whole extension, which is what a bare URN names. */
export interface ExtensionPlace {
  readonly extension: string;
}

/** Names one place in one text, for example `emails.value`; the key of indexes and projections. */
export function placeKey(place: AttributePlace): string {
  const urn = place.extension === undefined ? "" : `${place.extension}:`;
  const sub = place.subAttribute === undefined ? "" : `.${place.subAttribute.name}`;
  return `${urn}${place.attribute.name}${sub}`;
}

/**
 * Finds what a name of RFC 7644 section 3.10 stands for: `attribute`, `attribute.sub`, either behind a schema's
 * URN and a colon, or the URN of an extension alone. Letter case does not count. Undefined when no schema knows it.
 */
export function resolvePlace(type: ResourceType, text: string): AttributePlace | ExtensionPlace | undefined {
  if (!text.includes(":")) return placeInResource(type, text);
  const folded = text.toLowerCase();
  for (const extension of type.extensions) {
    const urn = extension.id.toLowerCase();
    if (folded === urn) return { extension: extension.id };
    if (folded.startsWith(`${urn}:`)) {
      const inside = placeWithin(extension.attributes, text.slice(urn.length + 1));
      return inside === undefined ? undefined : { ...inside, extension: extension.id };
    }
  }
  const core = `${type.schema.id.toLowerCase()}:`;
  return folded.startsWith(core) ? placeInResource(type, text.slice(core.length)) : undefined;
}

function placeInResource(type: ResourceType, text: string): AttributePlace | undefined {
  return placeWithin(type.schema.attributes, text) ?? placeWithin(commonAttributes, text);
}

/** As `resolvePlace`, for attributes alone. */
export function resolveAttribute(type: ResourceType, text: string): AttributePlace | undefined {
  const place = resolvePlace(type, text);
  return place !== undefined && "attribute" in place ? place : undefined;
}

function placeWithin(definitions: readonly AttributeDefinition[], text: string): AttributePlace | undefined {
  const dot = text.indexOf(".");
  const attribute = attributeNamed(definitions, dot === -1 ? text : text.slice(0, dot));
  if (attribute === undefined) return undefined;
  if (dot === -1) return { attribute };
  const subAttribute = subAttributeNamed(attribute, text.slice(dot + 1));
  return subAttribute === undefined ? undefined : { attribute, subAttribute };
}
