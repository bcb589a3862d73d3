import { badRequest } from "./errors.ts";
import {
  COMPARE_OPERATORS,
  type CompareOperator,
  type Filter,
  type FilterValue,
  type PatchPath,
} from "./filter-syntax.ts";

/** Long enough for any name a client looks up, short enough to be refused before it costs anything. */
const LONGEST_FILTER = 16_384;
/** Brackets, parentheses and `not` inside one another. */
const DEEPEST_FILTER = 32;

/** @throws ScimFailure `invalidFilter` when the text is no filter. */
export function parseFilter(text: string): Filter {
  const reader = new FilterReader(text, "invalidFilter");
  const filter = reader.readOr(0);
  reader.expectEnd();
  return filter;
}

/** How Okta names one member; a request may hold a thousand of these, so they are read at a glance. */
const OKTA_MEMBER = /^members\[value eq "([^"\\\p{Cc}]*)"\]$/u;

/** @throws ScimFailure `invalidPath` when the text is no path. */
export function parsePatchPath(text: string): PatchPath {
  const member = OKTA_MEMBER.exec(text)?.[1];
  if (member !== undefined) {
    return { name: "members", where: { kind: "compare", name: "value", operator: "eq", value: member } };
  }
  const reader = new FilterReader(text, "invalidPath");
  const name = reader.readName();
  if (!reader.skip("[")) {
    reader.expectEnd();
    return { name };
  }
  const where = reader.readOr(1);
  reader.expect("]");
  const sub = reader.skip(".") ? reader.readName() : undefined;
  reader.expectEnd();
  return sub === undefined ? { name, where } : { name, where, sub };
}

/** URNs hold colons, dots and dashes; `$ref` a dollar sign; everything else is a letter, digit, `-` or `_`. */
const NAME = /[A-Za-z$_][A-Za-z0-9$_.:-]*/y;
const SUB_NAME = /[A-Za-z$_][A-Za-z0-9$_-]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/sy;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_.])/y;

/** Reads a filter from left to right. `or` binds weakest, then `and`, then `not`. */
class FilterReader {
  readonly #text: string;
  readonly #fault: "invalidFilter" | "invalidPath";
  #at = 0;

  constructor(text: string, fault: "invalidFilter" | "invalidPath") {
    this.#text = text;
    this.#fault = fault;
    if (text.length > LONGEST_FILTER)
      throw badRequest(fault, `It is longer than ${LONGEST_FILTER} characters.`);
  }

  readOr(depth: number): Filter {
    return this.#readJoined("or", () => this.#readJoined("and", () => this.#readTerm(depth)));
  }

  readName(): string {
    return this.#match(NAME) ?? this.#fail("an attribute name");
  }

  skip(mark: string): boolean {
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  expect(mark: string): void {
    this.#spaces();
    if (!this.skip(mark)) this.#fail(`"${mark}"`);
  }

  expectEnd(): void {
    this.#spaces();
    if (this.#at < this.#text.length) this.#fail("the end");
  }

  #readJoined(word: "and" | "or", readPart: () => Filter): Filter {
    const parts = [readPart()];
    while (this.#word(word)) parts.push(readPart());
    const [first] = parts;
    return parts.length === 1 && first !== undefined ? first : { kind: word, parts };
  }

  #readTerm(depth: number): Filter {
    if (depth > DEEPEST_FILTER) {
      throw badRequest(this.#fault, `It is nested more than ${DEEPEST_FILTER} levels deep.`);
    }
    this.#spaces();
    if (this.skip("(")) {
      const filter = this.readOr(depth + 1);
      this.expect(")");
      return filter;
    }
    const start = this.#at;
    if (this.#word("not")) {
      this.#spaces();
      if (this.skip("(")) {
        const filter = this.readOr(depth + 1);
        this.expect(")");
        return { kind: "not", filter };
      }
      this.#at = start;
    }
    const name = this.readName();
    return this.skip("[") ? this.#readSome(name, depth) : this.#readComparison(name);
  }

  /**
   * `emails[type eq "work"].value eq "…"` goes beyond the grammar, but clients send it: the comparison behind the
   * bracket is one more condition on the same value.
   */
  #readSome(name: string, depth: number): Filter {
    const inside = this.readOr(depth + 1);
    this.expect("]");
    if (!this.skip(".")) return { kind: "some", name, filter: inside };
    const sub = this.#match(SUB_NAME) ?? this.#fail("a sub-attribute name");
    return { kind: "some", name, filter: { kind: "and", parts: [inside, this.#readComparison(sub)] } };
  }

  #readComparison(name: string): Filter {
    if (this.#word("pr")) return { kind: "present", name };
    for (const operator of COMPARE_OPERATORS) {
      if (this.#word(operator)) return this.#compare(name, operator);
    }
    return this.#fail("an operator");
  }

  #compare(name: string, operator: CompareOperator): Filter {
    this.#spaces();
    return { kind: "compare", name, operator, value: this.#readValue() };
  }

  #readValue(): FilterValue {
    if (this.#word("true")) return true;
    if (this.#word("false")) return false;
    if (this.#word("null")) return null;
    const literal = this.#match(STRING) ?? this.#match(NUMBER) ?? this.#fail("a value in double quotes");
    try {
      return JSON.parse(literal) as FilterValue;
    } catch {
      throw badRequest(this.#fault, `The value that ends at character ${this.#at} is no JSON text.`);
    }
  }

  /** Takes the word when it stands here in any letter case and ends here. */
  #word(word: string): boolean {
    this.#spaces();
    const end = this.#at + word.length;
    if (this.#text.slice(this.#at, end).toLowerCase() !== word) return false;
    if (/[A-Za-z0-9$_.:-]/.test(this.#text[end] ?? "")) return false;
    this.#at = end;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    this.#spaces();
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #spaces(): void {
    while (this.#text[this.#at] === " ") this.#at += 1;
  }

  /** The text itself is not repeated: what people search for is often a person (RFC 7644 section 7.5.2). */
  #fail(expected: string): never {
    const what = this.#fault === "invalidFilter" ? "filter" : "path";
    throw badRequest(this.#fault, `The ${what} should have ${expected} at character ${this.#at + 1}.`);
  }
}
