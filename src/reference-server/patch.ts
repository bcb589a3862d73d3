import type { Json, JsonObject } from "../model/json.ts";
import { isJsonObject } from "../model/json.ts";
import { URN } from "../model/scim.ts";
import type { Context, Settings } from "./context.ts";
import { type Draft, requireFilled } from "./draft.ts";
import { badRequest, quoted, ScimFailure } from "./errors.ts";
import { matchingMembers, memberIds } from "./members.ts";
import { type AttributeTarget, isReadOnly, type PatchTarget, resolveTarget } from "./patch-path.ts";
import { changedValue } from "./patch-value.ts";
import { requireSchemas } from "./request-body.ts";

/** One operation of a PatchOp message. */
export interface PatchOperation {
  readonly op: "add" | "remove" | "replace";
  readonly path?: string;
  /** Null when absent: RFC 7643 section 2.5 treats them alike. */
  readonly value: Json;
}

/** @throws ScimFailure when the message is no PatchOp, or holds more operations than one request may. */
export function readPatch(
  body: JsonObject,
  { maxOperationsPerPatch: limit, statusBeyond }: Pick<Settings, "maxOperationsPerPatch" | "statusBeyond">,
): readonly PatchOperation[] {
  requireSchemas(body, URN.patchOp);
  const operations = Object.entries(body).find(([name]) => name.toLowerCase() === "operations")?.[1];
  if (!Array.isArray(operations) || operations.length === 0) {
    throw badRequest("invalidSyntax", "Operations should be an array with at least one operation.");
  }
  if (operations.length > limit) {
    throw new ScimFailure(
      statusBeyond.operations,
      `One request may carry ${limit} operations; this one has ${operations.length}.`,
    );
  }
  return (operations as readonly Json[]).map(readOperation);
}

function readOperation(operation: Json): PatchOperation {
  if (!isJsonObject(operation)) throw badRequest("invalidSyntax", "Each operation should be an object.");
  const { op, path, value } = operation;
  const word = typeof op === "string" ? op.toLowerCase() : op;
  if (word !== "add" && word !== "remove" && word !== "replace") {
    throw badRequest("invalidSyntax", "op should be add, remove or replace.");
  }
  if (path !== undefined && path !== null && typeof path !== "string") {
    throw badRequest("invalidPath", "path should be a text.");
  }
  const hasPath = typeof path === "string" && path !== "";
  if (word === "remove" && !hasPath) throw badRequest("noTarget", "remove needs a path.");
  if (word !== "remove" && value === undefined) throw badRequest("invalidValue", `${word} needs a value.`);
  return { op: word, value: value ?? null, ...(hasPath ? { path } : {}) };
}

/** Applies one operation to a draft. The stored resource is not touched. */
export function applyOperation(context: Context, draft: Draft, operation: PatchOperation): void {
  const { path } = operation;
  if (path === undefined) {
    applyObject(context, draft, operation, "");
    return;
  }
  const target = resolveTarget(draft.type, path);
  if (isReadOnly(target)) throw badRequest("mutability", `${quoted(path)} cannot be written.`);
  applyToTarget(context, draft, target, operation);
}

/**
 * An operation without a path changes the attributes its value names and no others. What the server alone may write
 * is passed over, because Okta's rename repeats the id; so is what no schema knows, unless nothing else is
 * there: then a success would say that something was done.
 */
function applyObject(context: Context, draft: Draft, operation: PatchOperation, prefix: string): void {
  if (!isJsonObject(operation.value)) {
    throw badRequest("invalidValue", "Without a path the value should be an object of attributes.");
  }
  const names = Object.entries(operation.value);
  let known = 0;
  for (const [name, value] of names) {
    const target = knownTarget(draft, `${prefix}${name}`);
    if (target === undefined) continue;
    known += 1;
    if (!isReadOnly(target)) applyToTarget(context, draft, target, { op: operation.op, value });
  }
  if (known === 0 && names.length > 0) {
    throw badRequest("invalidPath", `${draft.type.name} has no attribute ${quoted(names[0]?.[0] ?? "")}.`);
  }
}

function knownTarget(draft: Draft, path: string): PatchTarget | undefined {
  try {
    return resolveTarget(draft.type, path);
  } catch (error) {
    if (error instanceof ScimFailure) return undefined;
    throw error;
  }
}

function applyToTarget(context: Context, draft: Draft, target: PatchTarget, operation: PatchOperation): void {
  if (target.kind === "extension") {
    if (operation.op === "remove" || operation.value === null) {
      const { [target.extension]: _gone, ...kept } = draft.attributes;
      draft.attributes = kept;
    } else {
      applyObject(context, draft, operation, `${target.extension}:`);
    }
  } else if (target.attribute.name === "members" && draft.type.name === "Group") {
    applyToMembers(context, draft, target, operation);
  } else {
    applyToAttribute(draft, target, operation);
  }
}

function applyToAttribute(draft: Draft, target: AttributeTarget, operation: PatchOperation): void {
  const { attribute, extension } = target;
  const held = extension === undefined ? draft.attributes : draft.attributes[extension];
  const { [attribute.name]: current, ...others } = isJsonObject(held) ? held : {};
  const next = changedValue(target, operation, current);
  if (next === undefined && attribute.required) {
    throw badRequest("mutability", `${attribute.name} is required and cannot be removed.`);
  }
  if (attribute.required) requireFilled(attribute.name, next);
  const changed = next === undefined ? others : { ...others, [attribute.name]: next };
  if (extension === undefined) {
    draft.attributes = changed;
    return;
  }
  const { [extension]: _before, ...rest } = draft.attributes;
  draft.attributes = Object.keys(changed).length === 0 ? rest : { ...rest, [extension]: changed };
}

function applyToMembers(
  context: Context,
  draft: Draft,
  target: AttributeTarget,
  { op, value }: PatchOperation,
): void {
  const { operations } = context;
  if (target.sub !== undefined) {
    throw badRequest("mutability", "Members are added and removed; the parts of one cannot be changed.");
  }
  const chosen =
    target.where === undefined ? undefined : matchingMembers(context, draft.members, target.where);
  if (op === "remove") {
    if (chosen !== undefined) operations.removeMembers(draft.members, chosen);
    else if (value === null) operations.clearMembers(draft.members);
    else operations.removeMembers(draft.members, memberIds(value));
    return;
  }
  if (chosen?.length === 0) throw badRequest("noTarget", "No member matches the filter.");
  if (op === "replace") {
    if (chosen === undefined) operations.clearMembers(draft.members);
    else operations.removeMembers(draft.members, chosen);
  }
  operations.addMembers(draft.members, memberIds(value));
}
