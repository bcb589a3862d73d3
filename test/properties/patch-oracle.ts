/**
 * PATCH of RFC 7644 section 3.5.2 once more: slow, on plain JSON, and for as few attributes as show every kind. Nothing
 * of the reference server is used. Where the RFC leaves a choice, the comment says what this server chose.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Resource = { readonly [key: string]: Json };

export interface Operation {
  readonly op: string;
  readonly path?: TestPath;
  readonly value?: Json;
}

/** A path as its parts, so that the oracle needs no parser. */
export interface TestPath {
  readonly attribute: string;
  /** `[part eq "text"]`, all of them joined by `and`. */
  readonly where?: readonly { readonly part: string; readonly is: string }[];
  readonly part?: string;
}

export class Refused extends Error {}

type Kind = "text" | "required" | "boolean" | "name" | "emails" | "read-only" | "department";

/** By name in lower case: the canonical name and the kind. */
const KNOWN: Readonly<Record<string, readonly [name: string, kind: Kind]>> = {
  username: ["userName", "required"],
  title: ["title", "text"],
  active: ["active", "boolean"],
  name: ["name", "name"],
  emails: ["emails", "emails"],
  id: ["id", "read-only"],
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:department": ["department", "department"],
};

const PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  name: { givenname: "givenName", familyname: "familyName" },
  emails: { value: "value", type: "type", primary: "primary" },
};

/** The resource after all operations. Throws `Refused` where a server has to refuse the whole request. */
export function patched(resource: Resource, operations: readonly Operation[]): Resource {
  return operations.reduce(apply, resource);
}

function apply(resource: Resource, { op, path, value }: Operation): Resource {
  const word = op.toLowerCase();
  if (path === undefined) {
    if (word === "remove") throw new Refused("remove without a path");
    if (!isObject(value)) throw new Refused("no path and no object");
    const entries = Object.entries(value);
    const known = entries.filter(([name]) => KNOWN[name.toLowerCase()] !== undefined);
    // Chosen: names nobody knows are passed over beside known ones.
    if (known.length === 0 && entries.length > 0) throw new Refused("nothing known");
    return known
      .filter(([name]) => KNOWN[name.toLowerCase()]?.[1] !== "read-only")
      .reduce((now, [attribute, part]) => change(now, word, { attribute }, part), resource);
  }
  if (word !== "remove" && value === undefined) throw new Refused("no value");
  return change(resource, word, path, value ?? null);
}

function change(resource: Resource, op: string, path: TestPath, value: Json): Resource {
  const [name, kind] = KNOWN[path.attribute.toLowerCase()] ?? [];
  if (name === undefined || kind === "read-only") throw new Refused("not to be written");
  if (path.where !== undefined && kind !== "emails") throw new Refused("nothing to choose from");
  const part = path.part === undefined ? undefined : PARTS[name]?.[path.part.toLowerCase()];
  if (path.part !== undefined && part === undefined) throw new Refused("no such part");
  const held = resource[name];
  const next = changedValue(kind as Kind, op, held, value, part, path.where);
  if (kind === "required" && (typeof next !== "string" || next.trim() === "")) throw new Refused("required");
  const { [name]: _before, ...others } = resource;
  return next === undefined ? others : { ...others, [name]: next };
}

function changedValue(
  kind: Kind,
  op: string,
  held: Json | undefined,
  value: Json,
  part: string | undefined,
  where: TestPath["where"],
): Json | undefined {
  if (kind === "emails") return changedEmails(op, emailsIn(held), value, part, where);
  if (kind === "name") return changedName(op, isObject(held) ? held : {}, value, part);
  if (op === "remove") return undefined;
  return kind === "boolean" ? booleanOf(value) : textOf(value);
}

function changedName(op: string, held: Resource, value: Json, part: string | undefined): Json | undefined {
  if (part !== undefined) return orNothing(withPart(held, part, op === "remove" ? undefined : textOf(value)));
  // Chosen: an empty text clears a complex attribute, as Entra ID clears a manager.
  if (op === "remove" || value === null || value === "") return undefined;
  if (!isObject(value)) throw new Refused("no object");
  let name = held;
  for (const [key, text] of Object.entries(value)) {
    const known = PARTS.name?.[key.toLowerCase()];
    if (known !== undefined) name = withPart(name, known, textOf(text));
  }
  return orNothing(name);
}

type Email = Resource;

function changedEmails(
  op: string,
  held: readonly Email[],
  value: Json,
  part: string | undefined,
  where: TestPath["where"],
): Json | undefined {
  const isChosen = (email: Email) => (where ?? []).every(({ part: of, is }) => partEquals(email, of, is));
  const known = Object.keys(PARTS.emails ?? {});
  if (where?.some(({ part: of }) => !known.includes(of.toLowerCase()))) throw new Refused("no such part");
  if (where?.some(({ part: of, is }) => of.toLowerCase() === "primary" && !/^(true|false)$/i.test(is))) {
    throw new Refused("no boolean");
  }
  if (where === undefined && part === undefined) return whole(op, held, value);
  if (!held.some(isChosen)) {
    if (op === "remove") return orNone(held);
    // RFC 7644 section 3.5.2.3: replace of nothing is noTarget. Chosen: add makes the address the filter describes.
    if (op === "replace" || where === undefined) throw new Refused("no target");
    const described = Object.fromEntries(where.map(({ part: of, is }) => [of, is]));
    const given = part === undefined ? value : { [part]: value };
    if (!isObject(given)) throw new Refused("no object");
    return whole("add", held, { ...described, ...given });
  }
  if (part === undefined && op === "remove") return orNone(held.filter((email) => !isChosen(email)));
  const given = part === undefined ? emailOf(value) : undefined;
  if (part === undefined && given === undefined) throw new Refused("an empty address");
  const changed = held.map((email) => {
    if (!isChosen(email)) return { email, isNew: false };
    if (given !== undefined) return { email: op === "add" ? { ...email, ...given } : given, isNew: true };
    const next = op === "remove" ? undefined : partOf(part ?? "", value);
    return { email: withPart(email, part ?? "", next), isNew: true };
  });
  return orNone(distinct(onePrimary(changed.filter(({ email }) => Object.keys(email).length > 0))));
}

/** An operation on all addresses at once. */
function whole(op: string, held: readonly Email[], value: Json): Json | undefined {
  if (op === "remove" && value === null) return undefined;
  const items: readonly Json[] = Array.isArray(value) ? value : [value];
  const given = items.map(emailOf).filter((email) => email !== undefined);
  if (op === "remove") {
    return orNone(held.filter((email) => !given.some((gone) => isSame(email, gone))));
  }
  if (op === "replace") return orNone(distinct(given));
  let result = held.map((email) => ({ email, isNew: false }));
  for (const added of given) {
    const same = result.find(({ email }) => isSame(email, added));
    if (same === undefined) result = [...result, { email: added, isNew: true }];
    else {
      const merged = { email: { ...same.email, ...added }, isNew: true };
      result = result.map((one) => (one === same ? merged : one));
    }
  }
  return orNone(onePrimary(result));
}

/** A new primary address takes the mark from the others; two new ones contradict each other. */
function onePrimary(emails: readonly { readonly email: Email; readonly isNew: boolean }[]): readonly Email[] {
  const chosen = emails.filter(({ email, isNew }) => isNew && email.primary === true);
  if (chosen.length > 1) throw new Refused("two primaries");
  return emails.map((one) =>
    chosen.length === 1 && one !== chosen[0] && one.email.primary === true
      ? { ...one.email, primary: false }
      : one.email,
  );
}

/** RFC 7643 section 2.4: a pair of type and value stands once, and one address at most is primary. */
function distinct(emails: readonly Email[]): readonly Email[] {
  const kept = emails.filter((email, index) => emails.findIndex((other) => isSame(email, other)) === index);
  if (kept.filter(({ primary }) => primary === true).length > 1) throw new Refused("two primaries");
  return kept;
}

function isSame(one: Email, other: Email): boolean {
  if (one.value === undefined || other.value === undefined) return sameJson(one, other);
  return one.value === other.value && (one.type ?? "") === (other.type ?? "");
}

/** Letter case does not count for any part of an address. */
function partEquals(email: Email, part: string, is: string): boolean {
  const held = Object.entries(email).find(([name]) => name.toLowerCase() === part.toLowerCase())?.[1];
  return held !== undefined && String(held).toLowerCase() === is.toLowerCase();
}

/** One address as it is kept; undefined when nothing of it is known. */
function emailOf(value: Json): Email | undefined {
  if (value === null) return undefined;
  if (!isObject(value)) throw new Refused("no object");
  let email: Email = {};
  for (const [key, part] of Object.entries(value)) {
    const known = PARTS.emails?.[key.toLowerCase()];
    const kept = known === undefined ? undefined : partOf(known, part);
    if (known !== undefined && kept !== undefined) email = { ...email, [known]: kept };
  }
  return Object.keys(email).length === 0 ? undefined : email;
}

const partOf = (part: string, value: Json) => (part === "primary" ? booleanOf(value) : textOf(value));

function textOf(value: Json): string | undefined {
  if (value === null) return undefined;
  if (typeof value !== "string") throw new Refused("no text");
  return value;
}

/** Chosen: the words true and false are taken too, because Entra ID sends them. */
function booleanOf(value: Json): boolean | undefined {
  if (value === null || typeof value === "boolean") return value ?? undefined;
  const text = typeof value === "string" ? value.toLowerCase() : "";
  if (text !== "true" && text !== "false") throw new Refused("no boolean");
  return text === "true";
}

function withPart(held: Resource, part: string, value: Json | undefined): Resource {
  const { [part]: _before, ...others } = held;
  return value === undefined ? others : { ...others, [part]: value };
}

const isObject = (value: Json | undefined): value is Resource =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const emailsIn = (held: Json | undefined) => (Array.isArray(held) ? (held as readonly Email[]) : []);
const orNothing = (value: Resource) => (Object.keys(value).length === 0 ? undefined : value);
const orNone = (values: readonly Json[]) => (values.length === 0 ? undefined : values);

/** The same whatever the order of keys. */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  return canonical(one) === canonical(other);
}

export function canonical(value: Json | undefined): string | undefined {
  return JSON.stringify(value, (_key, part: Json) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
