import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { type ObservableOf, ofKind } from "../../model/observable.ts";
import { jsonOf, operationsIn, sending, withOperations } from "../defects/sent.ts";
import type { Draft } from "../draft.ts";
import { ScimFailure } from "../errors.ts";
import type { PatchOperation } from "../patch.ts";
import { type Make, readingWhole, together } from "../quirks/make.ts";
import { isOf, type Playing, refusalOf, whereKept } from "./kind.ts";

/** What a PUT does to what it leaves out. */
export const leftOut: Playing<"left-out"> = (facts) =>
  together(
    ...facts.map(({ resource, attribute, effect, contrary }): Make => {
      const keeps = (effect === "kept") !== (contrary === true);
      return ({ operations }) => ({
        replace: readingWhole(operations, resource === "Users" ? "User" : "Group", (body, stored) => {
          if (stored === undefined || isGiven(body, attribute)) return body;
          // The sound server keeps `active` and clears everything else.
          if (!keeps) return attribute === "active" ? { ...body, active: true } : body;
          if (attribute === "members")
            return { ...body, members: [...stored.members].map((value) => ({ value })) };
          const value = stored.attributes[attribute];
          return value === undefined ? body : { ...body, [attribute]: value };
        }),
      });
    }),
  );

/** An empty array is a value: it says that nothing is to be there. */
const isGiven = (body: JsonObject, attribute: string) =>
  Object.keys(body).some((name) => name.toLowerCase() === attribute.toLowerCase());

/** Forms of PATCH operations that are passed over or refused. */
export const patch: Playing<"patch"> = (facts, all) =>
  together(
    ...facts.map((fact): Make => {
      const effect = fact.contrary === true ? contraryOf(fact.effect) : fact.effect;
      const refusal = refusalOf(fact.answer);
      if (fact.spelled !== undefined || fact.text === true) return asSent(fact);
      if (fact.form === "unquoted") return unquoted(fact);
      return ({ operations }) => ({
        replace: {
          applyOperation: (context, draft, operation) => {
            const about = isOf(draft.type, fact.resource) ? partAbout(fact, operation) : undefined;
            if (about === undefined) return operations.applyOperation(context, draft, operation);
            if (effect === "refused") {
              throw new ScimFailure(
                refusal,
                `${fact.op} of ${fact.attribute} is not offered.`,
                refusal === 400 ? "mutability" : undefined,
              );
            }
            if (effect === "applied" && fact.effect === "refused") {
              return takingEverything(() => operations.applyOperation(context, draft, operation));
            }
            if (effect === "applied") {
              return operations.applyOperation(
                context,
                draft,
                replacingOneValue(fact, operation, all, draft),
              );
            }
            if (about !== "whole") operations.applyOperation(context, draft, { ...operation, value: about });
          },
        },
      });
    }),
  );

/** Operations of one form in the product's own spelling, which the sound server would not read. */
function reading(
  { resource, contrary }: ObservableOf<"patch">,
  isIt: (operation: JsonObject) => boolean,
  read: (operation: JsonObject) => JsonObject,
  refusal: () => ScimFailure,
): Make {
  return ({ operations }) => ({
    replace: {
      modify: (context, type, id, request) => {
        const body = jsonOf(request);
        const sent = operationsIn(body);
        if (!isOf(type, resource) || !sent.some(isIt)) return operations.modify(context, type, id, request);
        if (contrary === true) throw refusal();
        const whole = withOperations(
          body,
          sent.map((one) => (isIt(one) ? read(one) : one)),
        );
        return operations.modify(context, type, id, sending(request, whole));
      },
    },
  });
}

/** Operations with a word or a text in the place of the usual one. */
function asSent(fact: ObservableOf<"patch">): Make {
  const word = fact.spelled ?? fact.op;
  return reading(
    fact,
    ({ op, path, value }) =>
      op === word &&
      String(path).toLowerCase() === fact.attribute.toLowerCase() &&
      (fact.text !== true || typeof value === "string"),
    (operation) => ({
      ...operation,
      op: fact.op,
      ...(fact.text === true ? { value: String(operation.value).toLowerCase() === "true" } : {}),
    }),
    () => new ScimFailure(400, `${word} cannot be read.`, "invalidSyntax"),
  );
}

/** A filter in a path whose value stands without quotes. */
function unquoted(fact: ObservableOf<"patch">): Make {
  const bare = new RegExp(`^${fact.attribute}\\[value eq ([^"\\s\\]]+)\\]$`, "i");
  return reading(
    fact,
    ({ path }) => typeof path === "string" && bare.test(path),
    (operation) => ({
      ...operation,
      path: String(operation.path).replace(bare, `${fact.attribute}[value eq "$1"]`),
    }),
    () => new ScimFailure(400, "A value stands in quotes.", "invalidPath"),
  );
}

/** What is not to be refused is passed over where the sound server cannot do it. */
function takingEverything(apply: () => void): void {
  try {
    apply();
  } catch (refusal) {
    if (!(refusal instanceof ScimFailure)) throw refusal;
  }
}

const contraryOf = (effect: ObservableOf<"patch">["effect"]) =>
  effect === "applied" ? "ignored" : "applied";

/** Whether an operation is of the form a fact is about: all of it, or what is left of its value without that part. */
function partAbout(
  { op, attribute, form }: ObservableOf<"patch">,
  operation: PatchOperation,
): "whole" | JsonObject | undefined {
  if (operation.op !== op) return undefined;
  const path = operation.path?.replace(/^urn:.*:/i, "").toLowerCase();
  const name = attribute.toLowerCase();
  if (form === "path") return path === name ? "whole" : undefined;
  if (form === "value") return path?.startsWith(`${name}[`) === true ? "whole" : undefined;
  const { value } = operation;
  if (path !== undefined || !isJsonObject(value)) return undefined;
  const others = Object.entries(value).filter(([key]) => key.toLowerCase() !== name);
  if (others.length === Object.keys(value).length) return undefined;
  return others.length === 0 ? "whole" : Object.fromEntries(others);
}

/** Where one value alone is kept, adding another takes its place. */
function replacingOneValue(
  { attribute }: ObservableOf<"patch">,
  operation: PatchOperation,
  all: Parameters<typeof patch>[1],
  draft: Draft,
): PatchOperation {
  const isSingle = ofKind(all, "shown").some(
    (fact) => fact.as === "one-value" && fact.attribute === attribute && isOf(draft.type, fact.resource),
  );
  return operation.op === "add" && isSingle ? { ...operation, op: "replace" } : operation;
}

/** Changes that are passed over; a contrary fact makes them. */
export const neverChanged: Playing<"never-changed"> = (facts) =>
  whereKept(facts, ({ resource, attribute, by }): Make => {
    const name = resource === "Users" ? "User" : "Group";
    return ({ operations }) => ({
      replace:
        by === "PUT"
          ? readingWhole(operations, name, (body, stored) => {
              const kept = stored?.attributes[attribute];
              return kept === undefined ? body : { ...body, [attribute]: kept };
            })
          : {
              applyOperation: (context, draft, operation) => {
                const [top = attribute] = attribute.split(".");
                const before = draft.attributes[top];
                operations.applyOperation(context, draft, operation);
                if (!isOf(draft.type, resource) || before === undefined) return;
                draft.attributes = { ...draft.attributes, [top]: before };
              },
            },
    });
  });
