import type { Difference } from "../model/evidence.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import type { BodyTemplate, ValueMatcher } from "../model/scenario.ts";
import { difference, show, valueAt } from "./answer.ts";

type Fill = (template: BodyTemplate) => Json;

/** Every way in which a value is not what the matcher asks for; empty when it is. */
export function differencesOfValue(
  actual: Json | undefined,
  matcher: ValueMatcher,
  where: string,
  fill: Fill,
): readonly Difference[] {
  return [
    ...simpleDifferences(actual, matcher, where, fill),
    ...sizeDifferences(actual, matcher, where, fill),
    ...elementDifferences(actual, matcher, where, fill),
    ...(matcher.at ?? []).flatMap(([path, inner]) =>
      differencesOfValue(valueAt(actual, path), inner, `${where}.${path}`, fill),
    ),
    ...(matcher.not !== undefined && differencesOfValue(actual, matcher.not, where, fill).length === 0
      ? [difference(where, `not ${describe(matcher.not, fill)}`, show(actual))]
      : []),
  ];
}

function simpleDifferences(
  actual: Json | undefined,
  matcher: ValueMatcher,
  where: string,
  fill: Fill,
): readonly Difference[] {
  const found: Difference[] = [];
  const demand = (fits: boolean, expected: string) => {
    if (!fits) found.push(difference(where, expected, show(actual)));
  };
  if (matcher.equals !== undefined) {
    const wanted = fill(matcher.equals);
    demand(sameJson(actual, wanted), show(wanted));
  }
  if (matcher.equalsIgnoringCase !== undefined) {
    const wanted = fill(matcher.equalsIgnoringCase);
    demand(sameText(actual, wanted), `${show(wanted)} in any letter case`);
  }
  if (matcher.oneOf !== undefined) {
    const wanted = matcher.oneOf.map(fill);
    demand(
      wanted.some((value) => sameJson(actual, value)),
      wanted.map(show).join(" or "),
    );
  }
  if (matcher.contains !== undefined) {
    const wanted = fill(matcher.contains);
    demand(contains(actual, wanted), `to contain ${show(wanted)}`);
  }
  if (matcher.type !== undefined) demand(hasType(actual, matcher.type), aType(matcher.type));
  if (matcher.notEmpty === true) demand(!isEmpty(actual), "not empty");
  if (matcher.absent === true) demand(actual === undefined, "absent");
  if (matcher.unassigned === true) demand(isUnassigned(actual), "absent or empty");
  if (matcher.matches !== undefined) {
    demand(
      typeof actual === "string" && new RegExp(matcher.matches, "u").test(actual),
      `text like /${matcher.matches}/`,
    );
  }
  return found;
}

function sizeDifferences(
  actual: Json | undefined,
  matcher: ValueMatcher,
  where: string,
  fill: Fill,
): readonly Difference[] {
  const found: Difference[] = [];
  const length = typeof actual === "string" || Array.isArray(actual) ? actual.length : undefined;
  const demandLength = (fits: (length: number) => boolean, expected: string) => {
    if (length === undefined || !fits(length))
      found.push(difference(where, expected, lengthText(actual, length)));
  };
  const { minLength, maxLength, atLeast, atMost } = matcher;
  if (minLength !== undefined) demandLength((size) => size >= minLength, `at least ${minLength} long`);
  if (maxLength !== undefined) demandLength((size) => size <= maxLength, `at most ${maxLength} long`);
  if (matcher.length !== undefined) demandLength((size) => size === matcher.length, `${matcher.length} long`);
  if (atLeast !== undefined) {
    const wanted = fill(atLeast);
    if (!compare(actual, wanted, (one, other) => one >= other)) {
      found.push(difference(where, `at least ${show(wanted)}`, show(actual)));
    }
  }
  if (atMost !== undefined) {
    const wanted = fill(atMost);
    if (!compare(actual, wanted, (one, other) => one <= other)) {
      found.push(difference(where, `at most ${show(wanted)}`, show(actual)));
    }
  }
  return found;
}

function elementDifferences(
  actual: Json | undefined,
  matcher: ValueMatcher,
  where: string,
  fill: Fill,
): readonly Difference[] {
  const { some, each, none } = matcher;
  if (some === undefined && each === undefined && none === undefined) return [];
  if (!Array.isArray(actual)) return [difference(where, "an array", show(actual))];
  const elements = actual as readonly Json[];
  const found: Difference[] = [];
  const fits = (inner: ValueMatcher) => (element: Json, index: number) =>
    differencesOfValue(element, inner, `${where}[${index}]`, fill).length === 0;
  if (some !== undefined && !elements.some(fits(some))) {
    found.push(difference(where, `an element that is ${describe(some, fill)}`, show(elements)));
  }
  if (each !== undefined) {
    const odd = elements.findIndex((element, index) => !fits(each)(element, index));
    if (odd !== -1) found.push(...differencesOfValue(elements[odd], each, `${where}[${odd}]`, fill));
  }
  if (none !== undefined) {
    const odd = elements.findIndex(fits(none));
    if (odd !== -1) {
      found.push(
        difference(`${where}[${odd}]`, `no element that is ${describe(none, fill)}`, show(elements[odd])),
      );
    }
  }
  return found;
}

/** A matcher in words, for `expected`: the differences that nothing at all would have. */
function describe(matcher: ValueMatcher, fill: Fill): string {
  const wanted = differencesOfValue(undefined, matcher, "", fill).map(({ where, expected }) =>
    where === "" ? expected : `${where.replace(/^\./, "")} ${expected}`,
  );
  return wanted.length === 0 ? "as described" : wanted.join(", ");
}

/** Deep equality of JSON, without regard to the order of an object's keys. */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => sameJson(item, other[index]));
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && sameJson(one[key], other[key]))
  );
}

function sameText(actual: Json | undefined, wanted: Json): boolean {
  return (
    typeof actual === "string" && typeof wanted === "string" && actual.toLowerCase() === wanted.toLowerCase()
  );
}

function contains(actual: Json | undefined, wanted: Json): boolean {
  if (typeof actual === "string") return typeof wanted === "string" && actual.includes(wanted);
  return Array.isArray(actual) && actual.some((element: Json) => includes(element, wanted));
}

/** Whether an element has at least what `wanted` names. */
function includes(element: Json, wanted: Json): boolean {
  if (!isJsonObject(wanted) || !isJsonObject(element)) return sameJson(element, wanted);
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(element, key) && includes(element[key] as Json, value),
  );
}

function hasType(actual: Json | undefined, type: NonNullable<ValueMatcher["type"]>): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(actual);
    case "array":
      return Array.isArray(actual);
    case "object":
      return isJsonObject(actual);
    case "null":
      return actual === null;
    default:
      return typeof actual === type;
  }
}

const aType = (type: string) => (/^[aio]/.test(type) ? `an ${type}` : type === "null" ? "null" : `a ${type}`);

function isUnassigned(value: Json | undefined): boolean {
  return (
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

// `false` and `0` say something; Okta's published test calls only missing and blank values empty.
function isEmpty(value: Json | undefined): boolean {
  return isUnassigned(value) || (isJsonObject(value) && Object.keys(value).length === 0);
}

function compare(
  actual: Json | undefined,
  wanted: Json,
  fits: (one: number, other: number) => boolean,
): boolean {
  return typeof actual === "number" && typeof wanted === "number" && fits(actual, wanted);
}

function lengthText(actual: Json | undefined, length: number | undefined): string {
  return length === undefined ? show(actual) : `${length} long`;
}
