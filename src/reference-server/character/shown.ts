import type { Json, JsonObject } from "../../model/json.ts";
import { isJsonObject } from "../../model/json.ts";
import type { ObservableOf } from "../../model/observable.ts";
import { changed, itemsIn } from "../defects/sent.ts";
import { type Make, showingEach, together } from "../quirks/make.ts";
import { isOf, type Playing, whereKept } from "./kind.ts";
import { changedAtPath, valueAtPath, withoutPath } from "./value-path.ts";

type Shown = ObservableOf<"shown">;

/** How resources are shown. */
export const shown: Playing<"shown"> = (facts) =>
  together(
    ...facts.map(
      (fact): Make =>
        fact.as === "uuid"
          ? ids(fact)
          : showingEach((whole, { resource }) =>
              isOf(resource.type, fact.resource) ? show(fact, whole, resource.sequence) : whole,
            ),
    ),
  );

function show({ attribute, as, contrary }: Shown, whole: JsonObject, number: number): JsonObject {
  const isContrary = contrary === true;
  switch (as) {
    case "present":
      return isContrary ? withoutPath(whole, attribute) : whole;
    case "absent":
      return isContrary ? withSomething(whole, attribute) : withoutPath(whole, attribute);
    case "one-value": {
      const values = itemsIn(whole[attribute]);
      const [first] = values;
      if (first === undefined) return whole;
      return { ...whole, [attribute]: isContrary ? [first, { value: "second@example.com" }] : [first] };
    }
    case "true":
      return changedAtPath(withDefaults(whole, attribute), attribute, () => !isContrary);
    case "utc-time":
      return isContrary ? changedAtPath(whole, attribute, () => "yesterday") : whole;
    case "of-the-server":
      return isContrary ? withGivenNames(whole) : withLogin(whole, attribute, number);
    case "flattened":
      return isContrary ? whole : flattened(whole, attribute);
    case "uuid":
      return whole;
  }
}

/** Ids of a form of their own. */
const ids =
  ({ contrary }: Shown): Make =>
  () => ({
    makeId: (sequence, chance) => {
      const [one, two] = [chance(), chance()];
      if (contrary === true) return `${one}${two}${sequence}`;
      return `${one}-${two.slice(0, 4)}-4${two.slice(4, 7)}-8${two.slice(5)}-${sequence.toString(16).padStart(12, "0")}`;
    },
  });

/** The same with a value at a path that has none, so that a server can show what it should not. */
function withSomething(whole: JsonObject, path: string): JsonObject {
  if (valueAtPath(whole, path).length > 0) return whole;
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...whole, [name]: "something" };
  const held = whole[name];
  const inside = (value: Json): Json =>
    isJsonObject(value) ? { ...value, [rest.join(".")]: "something" } : value;
  if (Array.isArray(held)) return { ...whole, [name]: (held as readonly Json[]).map(inside) };
  return { ...whole, [name]: inside(held ?? {}) };
}

/** Sub-attributes that are to be true are there to begin with. */
function withDefaults(whole: JsonObject, path: string): JsonObject {
  const [name = "", part = ""] = path.split(".");
  const items = itemsIn(whole[name]).map((item) => (isJsonObject(item) ? { [part]: false, ...item } : item));
  return items.length === 0 ? whole : { ...whole, [name]: items };
}

/** What stands at a path under one key with a dot in it, and the nested form gone. A name is made of its parts. */
function flattened(whole: JsonObject, path: string): JsonObject {
  const [name = "", part = ""] = path.split(".");
  const held = whole[name];
  if (!isJsonObject(held ?? null)) return whole;
  const nested = held as JsonObject;
  const parts = [nested.givenName, nested.familyName].filter((one) => one !== undefined).join(" ");
  const { [name]: _nested, ...others } = whole;
  return { ...others, [path]: nested[part] ?? parts };
}

const withGivenNames = (whole: JsonObject): JsonObject => {
  const name = isJsonObject(whole.name ?? null) ? (whole.name as JsonObject) : {};
  const sent = [name.givenName, name.familyName].filter((part) => part !== undefined).join(" ");
  return { ...whole, name: { ...name, formatted: sent === "" ? "as it was sent" : sent } };
};

function withLogin(whole: JsonObject, path: string, number: number): JsonObject {
  const [name = "", part] = path.split(".");
  const login = `login-${number}`;
  if (part === undefined) return { ...whole, [name]: login };
  const held = whole[name];
  return { ...whole, [name]: { ...(isJsonObject(held ?? null) ? (held as JsonObject) : {}), [part]: login } };
}

/** What is taken and shown nowhere. */
export const notKept: Playing<"not-kept"> = (facts) =>
  whereKept(facts, (fact) =>
    showingEach((whole, { resource }) =>
      isOf(resource.type, fact.resource) ? withoutPath(whole, fact.attribute) : whole,
    ),
  );

/** Of several values the first is kept; a contrary fact keeps them all. */
export const singleValued: Playing<"single-valued"> = (facts) =>
  whereKept(facts, (fact) =>
    showingEach((whole, { resource }) =>
      isOf(resource.type, fact.resource) && itemsIn(whole[fact.attribute]).length > 1
        ? { ...whole, [fact.attribute]: itemsIn(whole[fact.attribute]).slice(0, 1) }
        : whole,
    ),
  );

/** Whether groups show their members, read alone and in lists. */
export const membersShown: Playing<"members-shown"> = (facts) =>
  together(
    ...facts.map(({ in: where, shown: isShown, contrary }): Make => {
      if (isShown !== (contrary === true)) return () => ({});
      return ({ operations }) => ({
        replace:
          where === "list"
            ? {
                list: (context, types, request) => {
                  const reply = operations.list(context, types, request);
                  if (reply.body === undefined) return reply;
                  const bare = itemsIn(reply.body.Resources).map((item) =>
                    isJsonObject(item) && item.members !== undefined ? changed(item, { members: [] }) : item,
                  );
                  return { ...reply, body: { ...reply.body, Resources: bare } };
                },
              }
            : {
                read: (context, type, id, request) => {
                  const reply = operations.read(context, type, id, request);
                  return type.name === "Group" && reply.body !== undefined
                    ? { ...reply, body: changed(reply.body, { members: [] }) }
                    : reply;
                },
              },
      });
    }),
  );
