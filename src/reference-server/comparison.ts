import type { Json } from "../model/json.ts";
import type { AttributeDefinition } from "./attribute.ts";
import { badRequest, quoted } from "./errors.ts";
import type { CompareOperator, FilterValue } from "./filter-syntax.ts";

type ValuesTest = (values: readonly Json[]) => boolean;

/** Operators that RFC 7644 table 3 gives each kind of value; the others are an `invalidFilter`. */
const TEXT: readonly CompareOperator[] = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"];
const ORDERED: readonly CompareOperator[] = ["eq", "ne", "gt", "ge", "lt", "le"];
const EQUALITY: readonly CompareOperator[] = ["eq", "ne"];

const OPERATORS: Readonly<Record<AttributeDefinition["type"], readonly CompareOperator[]>> = {
  string: TEXT,
  reference: TEXT,
  dateTime: TEXT,
  integer: ORDERED,
  decimal: ORDERED,
  boolean: EQUALITY,
  binary: EQUALITY,
  complex: [],
};

/**
 * A test of all values an attribute has. Any value that satisfies the operator is enough; with none, `ne` holds
 * and everything else does not. `null` stands for being unassigned (RFC 7643 section 2.5).
 * @throws ScimFailure `invalidFilter` when the attribute's type does not have the operator or the value.
 */
export function comparison(
  attribute: AttributeDefinition,
  operator: CompareOperator,
  wanted: FilterValue,
): ValuesTest {
  if (!OPERATORS[attribute.type].includes(operator)) {
    throw badRequest("invalidFilter", `${attribute.name} is a ${attribute.type}; it has no ${operator}.`);
  }
  if (wanted === null) {
    if (operator === "eq") return (values) => values.length === 0;
    if (operator === "ne") return (values) => values.length > 0;
    throw badRequest("invalidFilter", `null can be compared with eq and ne alone, not with ${operator}.`);
  }
  const operand = comparableOperand(attribute, wanted);
  const holds = (value: Json) =>
    satisfies(operator, comparableValue(attribute, value), operand, value, wanted);
  if (operator === "ne") return (values) => values.length === 0 || values.some(holds);
  return (values) => values.some(holds);
}

function satisfies(
  operator: CompareOperator,
  value: string | number | boolean,
  operand: string | number | boolean,
  written: Json,
  wanted: FilterValue,
): boolean {
  switch (operator) {
    case "eq":
      return value === operand;
    case "ne":
      return value !== operand;
    case "gt":
      return value > operand;
    case "ge":
      return value >= operand;
    case "lt":
      return value < operand;
    case "le":
      return value <= operand;
    case "co":
      return textOf(value, written).includes(textOf(operand, wanted));
    case "sw":
      return textOf(value, written).startsWith(textOf(operand, wanted));
    case "ew":
      return textOf(value, written).endsWith(textOf(operand, wanted));
  }
}

/** Dates are ordered as instants, but contain and begin with text. */
function textOf(comparable: string | number | boolean, written: Json): string {
  return typeof comparable === "string" ? comparable : String(written);
}

/** What a stored value is compared as: dates as instants, text in its attribute's case rule. */
function comparableValue(attribute: AttributeDefinition, value: Json): string | number | boolean {
  if (typeof value === "string") {
    if (attribute.type === "dateTime") return Date.parse(value);
    return attribute.caseExact ? value : value.toLowerCase();
  }
  return typeof value === "number" || typeof value === "boolean" ? value : "";
}

function comparableOperand(
  attribute: AttributeDefinition,
  wanted: string | number | boolean,
): string | number | boolean {
  const wrong = () =>
    badRequest(
      "invalidFilter",
      `${quoted(String(wanted))} is no value of ${attribute.name}, a ${attribute.type}.`,
    );
  switch (attribute.type) {
    case "boolean": {
      const word = String(wanted).toLowerCase();
      if (word !== "true" && word !== "false") throw wrong();
      return word === "true";
    }
    case "integer":
    case "decimal":
      if (typeof wanted !== "number") throw wrong();
      return wanted;
    case "dateTime": {
      const instant = typeof wanted === "string" ? Date.parse(wanted) : Number.NaN;
      if (Number.isNaN(instant)) throw wrong();
      return instant;
    }
    default:
      if (typeof wanted !== "string") throw wrong();
      return comparableValue(attribute, wanted);
  }
}
