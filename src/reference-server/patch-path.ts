import type { AttributeDefinition } from "./attribute.ts";
import { subAttributeNamed } from "./attribute.ts";
import { resolvePlace } from "./attribute-path.ts";
import { badRequest, quoted } from "./errors.ts";
import { parsePatchPath } from "./filter-grammar.ts";
import type { Filter } from "./filter-syntax.ts";
import type { ResourceType } from "./schemas.ts";

/** What one PATCH operation aims at. */
export type PatchTarget =
  | { readonly kind: "extension"; readonly extension: string }
  | {
      readonly kind: "attribute";
      readonly extension: string | undefined;
      readonly attribute: AttributeDefinition;
      readonly sub: AttributeDefinition | undefined;
      readonly where: Filter | undefined;
    };

export type AttributeTarget = Extract<PatchTarget, { kind: "attribute" }>;

/** @throws ScimFailure `invalidPath` when the path cannot be read or no schema knows what it names. */
export function resolveTarget(type: ResourceType, path: string): PatchTarget {
  const { name, where, sub } = parsePatchPath(path);
  const place = resolvePlace(type, name);
  if (place === undefined) throw badRequest("invalidPath", `${type.name} has no attribute ${quoted(name)}.`);
  if (!("attribute" in place)) {
    if (where !== undefined) throw badRequest("invalidPath", "A schema cannot be filtered.");
    return { kind: "extension", extension: place.extension };
  }
  const { attribute, extension, subAttribute } = place;
  if (where === undefined) return { kind: "attribute", extension, attribute, sub: subAttribute, where };
  if (!attribute.multiValued || attribute.subAttributes === undefined || subAttribute !== undefined) {
    throw badRequest("invalidPath", `${quoted(name)} has no values to choose from.`);
  }
  const chosen = sub === undefined ? undefined : subAttributeNamed(attribute, sub);
  if (sub !== undefined && chosen === undefined) {
    throw badRequest("invalidPath", `${attribute.name} has no sub-attribute ${quoted(sub)}.`);
  }
  return { kind: "attribute", extension, attribute, sub: chosen, where };
}

export function isReadOnly(target: PatchTarget): boolean {
  if (target.kind === "extension") return false;
  return target.attribute.mutability === "readOnly" || target.sub?.mutability === "readOnly";
}
