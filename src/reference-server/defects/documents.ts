import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { ServerRequest } from "../message.ts";
import type { Variation } from "../variation.ts";
import { inFront } from "./in-front.ts";
import { changed, itemsIn } from "./sent.ts";

type Make = Variation["make"];

/** The lists at which a server tells of itself. */
export type DiscoveryList = "Schemas" | "ResourceTypes";

/** A server whose successful answers to these reads hold another document. */
export function rewritingDocument(
  isMeant: (path: string) => boolean,
  rewrite: (document: JsonObject) => JsonObject,
): Make {
  return inFront((request, passOn) => {
    const reply = passOn();
    return request.method === "GET" && reply.status === 200 && isMeant(pathOf(request))
      ? { ...reply, body: JSON.stringify(rewrite(JSON.parse(reply.body) as JsonObject)) }
      : reply;
  });
}

/** A server that says other things of what it supports. */
export const configuring = (changes: Readonly<Record<string, Json | undefined>>): Make =>
  rewritingDocument(
    (path) => path.endsWith("/ServiceProviderConfig"),
    (config) => changed(config, changes),
  );

/** A server whose discovery list as such is written in another way. */
export const rewritingList = (list: DiscoveryList, rewrite: (document: JsonObject) => JsonObject): Make =>
  rewritingDocument((path) => path.endsWith(`/${list}`), rewrite);

/** A discovery list that has other elements than those that can be read one by one, and counts them. */
export const listing = (
  list: DiscoveryList,
  change: (elements: readonly JsonObject[]) => readonly JsonObject[],
): Make =>
  rewritingList(list, (document) => {
    const elements = change(itemsIn(document.Resources).filter(isJsonObject));
    return { ...document, totalResults: elements.length, itemsPerPage: elements.length, Resources: elements };
  });

/** As `listing`, for the one element with this name. */
export const listingOne = (
  list: DiscoveryList,
  name: string,
  changes: (element: JsonObject) => Readonly<Record<string, Json | undefined>>,
): Make =>
  listing(list, (elements) =>
    elements.map((element) => (element.name === name ? changed(element, changes(element)) : element)),
  );

/** A list of schemas in which one attribute is declared in another way; undefined takes a trait out. */
export const declaring = (
  schema: string,
  attribute: string,
  traits: (definition: JsonObject) => Readonly<Record<string, Json | undefined>>,
): Make =>
  listingOne("Schemas", schema, ({ attributes }) => ({
    attributes: itemsIn(attributes)
      .filter(isJsonObject)
      .map((definition) =>
        definition.name === attribute ? changed(definition, traits(definition)) : definition,
      ),
  }));

/** Where a request goes, without what stands behind the `?`. */
export const pathOf = ({ target }: ServerRequest): string => decodeURIComponent(target.replace(/\?.*$/s, ""));
