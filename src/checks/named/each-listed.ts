import type { Check, Judgement } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import { broken, difference, show, unknown, valueAt } from "../answer.ts";
import { listIn, NO_LIST, resourcesIn } from "./listed.ts";
import { idsIn } from "./members-exactly.ts";

/** An empty list shows nothing of its resources; that it is empty is another claim's matter. */
export const eachListed: Check = {
  name: "each-listed",
  summary:
    "Each resource of the list (or each of `among`, ids or { value }) has a JSON boolean at `boolean`; open where the list has none.",
  takes: ["boolean", "among?"],
  judge(evidence, given): Judgement {
    const list = listIn(evidence);
    const resources = list === undefined ? undefined : resourcesIn(list);
    if (resources === undefined) return unknown(NO_LIST, { neutral: true });
    const path = String(given.boolean);
    const among = given.among === undefined ? undefined : new Set(idsIn(given.among));
    const isMeant = (resource: Json) => among === undefined || among.has(String(valueAt(resource, "id")));
    if (!resources.some(isMeant)) return unknown("the list shows none of them", { neutral: true });
    const odd = resources.findIndex(
      (resource) => isMeant(resource) && typeof valueAt(resource, path) !== "boolean",
    );
    if (odd === -1) return broken();
    return broken(
      difference(`body Resources[${odd}].${path}`, "a boolean", show(valueAt(resources[odd], path))),
    );
  },
};
