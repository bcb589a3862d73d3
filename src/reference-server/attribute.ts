/**
 * How RFC 7643 section 7 describes an attribute. These values are served at `/Schemas` as they stand, and the
 * server obeys the same objects, so that what it says of itself cannot drift from what it does.
 */
export interface AttributeDefinition {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: "readOnly" | "readWrite" | "immutable" | "writeOnly";
  readonly returned: "always" | "never" | "default" | "request";
  readonly uniqueness: "none" | "server" | "global";
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly AttributeDefinition[];
}

export type AttributeType =
  | "string"
  | "boolean"
  | "decimal"
  | "integer"
  | "dateTime"
  | "binary"
  | "reference"
  | "complex";

type Traits = Partial<Omit<AttributeDefinition, "name" | "type" | "description">>;

/** An attribute with the defaults of RFC 7643 section 2.2 wherever `traits` says nothing. */
export function attribute(
  name: string,
  type: AttributeType,
  description: string,
  traits: Traits = {},
): AttributeDefinition {
  return {
    name,
    type,
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: "readWrite",
    returned: "default",
    uniqueness: "none",
    ...traits,
  };
}

export interface PluralTraits {
  readonly valueType?: AttributeType;
  readonly valueTraits?: Traits;
  readonly types?: readonly string[];
}

/** A multi-valued attribute with the sub-attributes of RFC 7643 section 2.4. */
export function plural(name: string, description: string, given: PluralTraits = {}): AttributeDefinition {
  return attribute(name, "complex", description, {
    multiValued: true,
    subAttributes: [
      attribute("value", given.valueType ?? "string", "The value itself.", given.valueTraits),
      attribute("display", "string", "A name for people to read."),
      attribute("type", "string", "What the value is used for.", {
        ...(given.types === undefined ? {} : { canonicalValues: given.types }),
      }),
      attribute("primary", "boolean", "Whether this is the preferred value; true at most once."),
    ],
  });
}

const byName = new WeakMap<readonly AttributeDefinition[], Map<string, AttributeDefinition>>();

/** Finds an attribute by its name, whose letter case does not count (RFC 7643 section 2.1). */
export function attributeNamed(
  definitions: readonly AttributeDefinition[],
  name: string,
): AttributeDefinition | undefined {
  let names = byName.get(definitions);
  if (names === undefined) {
    names = new Map(definitions.map((definition) => [definition.name.toLowerCase(), definition]));
    byName.set(definitions, names);
  }
  return names.get(name) ?? names.get(name.toLowerCase());
}

export function subAttributeNamed(
  definition: AttributeDefinition,
  name: string,
): AttributeDefinition | undefined {
  return definition.subAttributes === undefined ? undefined : attributeNamed(definition.subAttributes, name);
}
