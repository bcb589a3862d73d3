import type { ObservableOf } from "../../model/observable.ts";
import { badRequest } from "../errors.ts";
import { type Make, together } from "../quirks/make.ts";
import type { Playing } from "./kind.ts";
import { type Listing, listingOf, withQuery } from "./lists.ts";

type Rule = ObservableOf<"paging">["rule"];

/** Rules that the sound server has to be made to keep. */
const KEPT: Readonly<Partial<Record<Rule, Listing>>> = {
  /** A list that is asked for by `cursor`, which is empty at first, tells the next one in the place of totals. */
  "cursor-in-place-of-totals": (request, sound) => {
    const cursor = request.query.get("cursor");
    if (cursor === undefined) return sound(request);
    const start = cursor === "" ? 1 : Number(cursor);
    const reply = sound(withQuery(request, "startindex", String(start)));
    const { totalResults, startIndex: _start, ...body } = reply.body ?? {};
    const next = start + Number(body.itemsPerPage ?? 0);
    const more = next <= Number(totalResults) ? { nextCursor: String(next) } : {};
    return { ...reply, body: { ...body, ...more } };
  },
};

/** What breaks a rule that the sound server keeps. */
const BROKEN: Readonly<Partial<Record<Rule, Listing>>> = {
  "start-below-one-is-one": (request, sound) => {
    if (Number(request.query.get("startindex") ?? 1) < 1) {
      throw badRequest("invalidValue", "startIndex begins at 1.");
    }
    return sound(request);
  },
  "start-is-one-when-nobody-says": (request, sound) =>
    sound(
      request.query.has("startindex") || request.query.has("filter")
        ? request
        : withQuery(request, "startindex", "2"),
    ),
  "start-moves-the-page": (request, sound) => sound(withQuery(request, "startindex", "1")),
  "count-is-the-most": (request, sound) => sound(withQuery(request, "count", undefined)),
  "count-zero-is-totals-only": (request, sound) => {
    if (request.query.get("count") !== "0") return sound(request);
    const reply = sound(withQuery(request, "count", undefined));
    const { totalResults: _none, ...body } = reply.body ?? {};
    return { ...reply, body };
  },
};

/** How lists are cut into pages. A contrary fact has its rule broken. */
export const paging: Playing<"paging"> = (facts) =>
  together(
    ...facts.map(({ resource, rule, contrary }): Make => {
      const listing = (contrary === true ? BROKEN : KEPT)[rule];
      return listing === undefined ? () => ({}) : listingOf(resource, listing);
    }),
  );
