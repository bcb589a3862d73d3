import type { Check, Judgement, StepEvidence } from "../../model/evidence.ts";
import { headerValue } from "../../model/exchange.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { percentEncoded } from "../../model/percent.ts";
import {
  broken,
  difference,
  holds,
  lastAnswer,
  notOffered,
  show,
  showOutcome,
  unknown,
  valueAt,
} from "../answer.ts";
import { objectShown, objectsIn } from "./shown.ts";

export const sameLocation: Check = {
  name: "same-location",
  summary:
    "`header` (Location or Content-Location) and meta.location are the same address; open where one is not shown.",
  takes: ["header"],
  judge(evidence, given): Judgement {
    const name = String(given.header);
    const { header, meta } = addressesIn(evidence, name);
    if (header === undefined) {
      return name === "Content-Location"
        ? notOffered("the answer has no Content-Location, and need not have one")
        : unknown(`the answer has no ${name}`, { neutral: true });
    }
    if (meta === undefined) return unknown("the answer shows no meta.location", { neutral: true });
    return header === meta ? holds : broken(difference("body meta.location", `${header}, as ${name}`, meta));
  },
};

/** The tool sends nothing outside the base URL it was given, so an address elsewhere stays open. */
export const locationLeads: Check = {
  name: "location-leads",
  summary:
    "This read's address is the one that step `by` gave in Location or meta.location (`in`: header or meta), or that of the read `or`, which has to show the same resource; open where that lies outside the base URL.",
  takes: ["by", "in", "or?"],
  judge(evidence, given): Judgement {
    const written = evidence.earlier.get(String(given.by));
    const named = written === undefined ? undefined : addressesIn(written, "Location");
    const address = given.in === "meta" ? named?.meta : named?.header;
    if (address === undefined)
      return unknown(`step ${String(given.by)} gave no such address`, { neutral: true });
    const here = tidy(urlOf(evidence));
    if (here === undefined) return unknown("nothing was sent");
    if (address === here) {
      const status = lastAnswer(evidence)?.status;
      return status === 200 ? holds : broken(difference(`status of ${address}`, "200", String(status)));
    }
    const other = given.or === undefined ? undefined : evidence.earlier.get(String(given.or));
    if (other !== undefined && address === tidy(urlOf(other))) {
      const [mine, there] = [objectShown(evidence)?.id, objectShown(other)?.id];
      return there !== undefined && mine === there
        ? holds
        : broken(difference(`what ${address} shows`, `the resource ${show(mine)}`, showOutcome(other)));
    }
    return address.startsWith(`${baseOf(evidence)}/`)
      ? broken(difference("the address of the new resource", here, address))
      : unknown(`${address} lies outside the base URL, where scim-check sends nothing`);
  },
};

export const referencesLead: Check = {
  name: "references-lead",
  summary:
    "Each `$ref` in the array (or object) at `path` is the address of the resource in its `value`, which is one of the collection `in` where that is given; open where it lies outside the base URL.",
  takes: ["path", "in?"],
  judge(evidence, given): Judgement {
    const path = String(given.path);
    const shown = valueAt(objectShown(evidence), path);
    const elements = isJsonObject(shown) ? [shown] : objectsIn(shown);
    const referring = elements.filter(({ $ref }) => $ref !== undefined && $ref !== null);
    if (elements.length === 0) return unknown(`the answer shows nothing at ${path}`, { neutral: true });
    if (referring.length === 0)
      return notOffered(`the elements of ${path} have no $ref, and need not have one`);
    const base = baseOf(evidence);
    const url = urlOf(evidence) ?? "";
    const judged = referring.map(({ $ref, value }): Judgement => {
      if (typeof $ref !== "string") return broken(difference(`body ${path} $ref`, "a URI", show($ref)));
      const places = [url, `${base}/`].flatMap((from) => tidy($ref, from) ?? []);
      const below = places.filter((place) => place.startsWith(`${base}/`));
      if (below.some((place) => leadsTo(place, value, given.in))) return holds;
      return below.length === 0
        ? unknown(`${$ref} lies outside the base URL, where scim-check sends nothing`)
        : broken(difference(`body ${path} $ref`, `the address of ${show(value)}`, show($ref)));
    });
    return (
      judged.find(({ kind }) => kind === "broken") ?? judged.find(({ kind }) => kind === "unknown") ?? holds
    );
  },
};

type Exchanges = Pick<StepEvidence, "exchanges">;

function leadsTo(place: string, id: Json | undefined, collection: Json | undefined): boolean {
  const [where = "", last] = place.split("/").slice(-2);
  const isThere = collection === undefined ? ["Users", "Groups"].includes(where) : where === collection;
  return isThere && last === percentEncoded(String(id));
}

const urlOf = ({ exchanges }: Exchanges) => exchanges.at(-1)?.url;

/** The base URL, which is what stands before the path of the request. */
function baseOf(step: Exchanges): string {
  const { url = "", request } = step.exchanges.at(-1) ?? {};
  const path = request?.path ?? "";
  return url.endsWith(path) ? url.slice(0, url.length - path.length).replace(/\/+$/, "") : url;
}

function addressesIn(step: Exchanges, name: string) {
  const answer = lastAnswer(step);
  const meta = valueAt(objectShown(step), "meta.location");
  const url = urlOf(step);
  return {
    header: answer === undefined ? undefined : tidy(headerValue(answer.headers, name), url),
    meta: typeof meta === "string" ? tidy(meta, url) : undefined,
  };
}

/** An address as a whole URL without its query and without a slash at the end, so that spelling does not count. */
function tidy(address: string | undefined, from?: string): string | undefined {
  if (address === undefined || !URL.canParse(address, from)) return undefined;
  const url = new URL(address, from);
  return `${url.origin}${url.pathname.replace(/\/+$/, "").split("/").map(encoded).join("/")}`;
}

/** One segment percent-encoded in one way: which characters have to be is the server's choice (RFC 3986 section 3.3). */
function encoded(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment));
  } catch {
    return segment;
  }
}
