import type { Json } from "../model/json.ts";
import { isJsonObject } from "../model/json.ts";
import { type AttributePlace, placeKey } from "./attribute-path.ts";
import type { Attributes, Resource } from "./resource.ts";

/** The form under which two values of an attribute are the same value. */
export function comparable(place: AttributePlace, text: string): string {
  return (place.subAttribute ?? place.attribute).caseExact ? text : text.toLowerCase();
}

/**
 * Finds resources by the value of one attribute. Most values belong to one resource, so a single one is kept
 * bare: a list for each would double the memory of 100,000 users.
 */
export class ResourceIndex {
  readonly key: string;
  readonly #place: AttributePlace;
  readonly #found = new Map<string, Resource | Resource[]>();

  constructor(place: AttributePlace) {
    this.#place = place;
    this.key = placeKey(place);
  }

  find(value: string): readonly Resource[] {
    const found = this.#found.get(comparable(this.#place, value));
    if (found === undefined) return [];
    return Array.isArray(found) ? found : [found];
  }

  add(resource: Resource): void {
    for (const value of this.#valuesIn(resource.attributes)) {
      const found = this.#found.get(value);
      if (found === undefined) this.#found.set(value, resource);
      else if (Array.isArray(found)) found.push(resource);
      else this.#found.set(value, [found, resource]);
    }
  }

  remove(resource: Resource): void {
    for (const value of this.#valuesIn(resource.attributes)) {
      const found = this.#found.get(value);
      if (found === resource) this.#found.delete(value);
      else if (Array.isArray(found)) this.#keep(value, found, resource);
    }
  }

  #keep(value: string, found: readonly Resource[], without: Resource): void {
    const kept = found.filter((other) => other !== without);
    const [first, second] = kept;
    if (first === undefined) this.#found.delete(value);
    else this.#found.set(value, second === undefined ? first : kept);
  }

  #valuesIn(attributes: Attributes): Set<string> {
    const held = attributes[this.#place.attribute.name];
    const sub = this.#place.subAttribute?.name;
    const values = new Set<string>();
    for (const item of Array.isArray(held) ? (held as readonly Json[]) : [held]) {
      const leaf = sub !== undefined && isJsonObject(item) ? item[sub] : item;
      if (typeof leaf === "string") values.add(comparable(this.#place, leaf));
    }
    return values;
  }
}
