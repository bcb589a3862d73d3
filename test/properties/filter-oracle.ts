/**
 * Filters of RFC 7644 section 3.4.2.2 once more, written to be obviously right and never to be fast: an attribute is
 * looked up in a table, and a resource is the JSON that a GET shows. Nothing of the reference server is used.
 */
export type TestFilter =
  | { readonly kind: "compare"; readonly name: string; readonly operator: string; readonly value: TestValue }
  | { readonly kind: "present"; readonly name: string }
  | { readonly kind: "and" | "or"; readonly left: TestFilter; readonly right: TestFilter }
  | { readonly kind: "not"; readonly filter: TestFilter }
  | { readonly kind: "some"; readonly name: string; readonly filter: TestFilter };

export type TestValue = string | number | boolean | null;

type Attribute = { readonly path: readonly string[]; readonly is: "text" | "exact" | "boolean" | "date" };

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** By name in lower case. A path goes through arrays by taking every item. */
export const ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  username: { path: ["userName"], is: "text" },
  title: { path: ["title"], is: "text" },
  "name.givenname": { path: ["name", "givenName"], is: "text" },
  "urn:ietf:params:scim:schemas:core:2.0:user:name.familyname": { path: ["name", "familyName"], is: "text" },
  externalid: { path: ["externalId"], is: "exact" },
  active: { path: ["active"], is: "boolean" },
  emails: { path: ["emails", "value"], is: "text" },
  "emails.value": { path: ["emails", "value"], is: "text" },
  "emails.type": { path: ["emails", "type"], is: "text" },
  "emails.primary": { path: ["emails", "primary"], is: "boolean" },
  "meta.created": { path: ["meta", "created"], is: "date" },
  [`${ENTERPRISE.toLowerCase()}:department`]: { path: [ENTERPRISE, "department"], is: "text" },
  [`${ENTERPRISE.toLowerCase()}:manager.value`]: { path: [ENTERPRISE, "manager", "value"], is: "exact" },
};

/** The parts of one e-mail address, for the filter in brackets. */
export const EMAIL_PARTS: Readonly<Record<string, Attribute>> = {
  value: { path: ["value"], is: "text" },
  type: { path: ["type"], is: "text" },
  primary: { path: ["primary"], is: "boolean" },
};

export function isFound(filter: TestFilter, resource: unknown, attributes = ATTRIBUTES): boolean {
  switch (filter.kind) {
    case "and":
      return isFound(filter.left, resource, attributes) && isFound(filter.right, resource, attributes);
    case "or":
      return isFound(filter.left, resource, attributes) || isFound(filter.right, resource, attributes);
    case "not":
      return !isFound(filter.filter, resource, attributes);
    case "some": {
      const emails = (resource as { emails?: readonly unknown[] }).emails ?? [];
      return emails.some((email) => isFound(filter.filter, email, EMAIL_PARTS));
    }
    case "present":
      return wholeValuesOf(filter.name, resource, attributes).some(hasSomething);
    case "compare":
      return compared(filter, valuesOf(filter.name, resource, attributes));
  }
}

/** `emails pr` is about addresses and not about their `value`: one with a type alone is there. */
function wholeValuesOf(name: string, resource: unknown, attributes: typeof ATTRIBUTES): readonly unknown[] {
  if (attributes === ATTRIBUTES && name.toLowerCase() === "emails") {
    return (resource as { emails?: readonly unknown[] }).emails ?? [];
  }
  return valuesOf(name, resource, attributes).map(({ value }) => value);
}

function hasSomething(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some(hasSomething);
  return value !== "" && value !== null && value !== undefined;
}

type Held = { readonly value: unknown; readonly is: Attribute["is"] };

function valuesOf(name: string, resource: unknown, attributes: typeof ATTRIBUTES): readonly Held[] {
  const attribute = attributes[name.toLowerCase()];
  if (attribute === undefined) throw new Error(`the oracle does not know ${name}`);
  let values: readonly unknown[] = [resource];
  for (const key of attribute.path) {
    values = values.flatMap((value) => (value as Record<string, unknown>)[key] ?? []).flat();
  }
  return values.map((value) => ({ value, is: attribute.is }));
}

function compared(
  { operator, value: wanted }: TestFilter & { kind: "compare" },
  held: readonly Held[],
): boolean {
  // RFC 7643 section 2.5: null is the same as not there.
  if (wanted === null) return operator === "eq" ? held.length === 0 : held.length > 0;
  if (operator === "ne" && held.length === 0) return true;
  return held.some((one) => holds(operator, one, wanted));
}

function holds(operator: string, { value, is }: Held, wanted: TestValue): boolean {
  // Dates are ordered as moments, and begin, end and contain as text.
  const asMoment = is === "date" && !["co", "sw", "ew"].includes(operator);
  const fold = (text: unknown): string | number | boolean => {
    if (typeof text === "boolean") return text;
    if (asMoment) return new Date(String(text)).getTime();
    return is === "exact" || is === "date" ? String(text) : String(text).toLowerCase();
  };
  const [left, right] = [fold(value), fold(wanted)];
  const texts = [String(left), String(right)] as const;
  const results: Record<string, boolean> = {
    eq: left === right,
    ne: left !== right,
    gt: left > right,
    ge: left >= right,
    lt: left < right,
    le: left <= right,
    co: texts[0].split(texts[1]).length > 1 || texts[1] === "",
    sw: texts[0].slice(0, texts[1].length) === texts[1],
    ew: texts[1] === "" || texts[0].slice(-texts[1].length) === texts[1],
  };
  const result = results[operator];
  if (result === undefined) throw new Error(`the oracle does not know ${operator}`);
  return result;
}
