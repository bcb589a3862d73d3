import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { itemsIn } from "../defects/sent.ts";
import { type Make, rewriting, together } from "../quirks/make.ts";
import type { Playing } from "./kind.ts";

/** Which discovery endpoints strangers may read. */
export const discovery: Playing<"discovery"> = (facts) => {
  const open = new Map(
    facts.map(({ endpoint, id, token, contrary }) => [
      id === undefined ? `/${endpoint}` : `/${endpoint}/${id}`,
      token === (contrary === true),
    ]),
  );
  return ({ operations }) => ({
    replace: {
      isPublic: (method, path, basePath) =>
        (method === "GET" ? open.get(path.slice(basePath.length)) : undefined) ??
        operations.isPublic(method, path, basePath),
    },
  });
};

const isConfig = (target: string) => target.endsWith("/ServiceProviderConfig");

/** What ServiceProviderConfig says. */
export const declared: Playing<"declared"> = (facts) =>
  rewriting((body, _reply, { target }) => {
    if (!isConfig(target)) return body;
    return facts.reduce(
      (config, { path, value, contrary }) =>
        setAt(config, path.split("."), contrary === true ? opposite(value) : value),
      body,
    );
  });

const opposite = (value: string | number | boolean) =>
  typeof value === "boolean" ? !value : typeof value === "number" ? value + 1 : `not ${value}`;

function setAt(object: JsonObject, [name = "", ...rest]: readonly string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...object, [name]: value };
  const held = object[name];
  return { ...object, [name]: setAt(isJsonObject(held ?? null) ? (held as JsonObject) : {}, rest, value) };
}

/** Which resource types are listed. */
export const resourceTypes: Playing<"resource-types"> = (facts) =>
  together(
    ...facts.map(
      ({ names, contrary }): Make =>
        rewriting((body, _reply, { target }) => {
          if (!target.split("?")[0]?.endsWith("/ResourceTypes")) return body;
          const kept = itemsIn(body.Resources).filter(
            (item) => isJsonObject(item) && names.includes(String(item.name)),
          );
          const listed = contrary === true ? [...kept, { name: "Device" }] : kept;
          return { ...body, Resources: listed, totalResults: listed.length, itemsPerPage: listed.length };
        }),
    ),
  );
