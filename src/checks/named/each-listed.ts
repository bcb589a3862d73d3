import type { Check, Judgement } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import { broken, difference, show, unknown, valueAt } from "../answer.ts";
import { listIn, NO_LIST, resourcesIn } from "./listed.ts";

/** An empty list shows nothing of its resources; that it is empty is another claim's matter. */
export const eachListed: Check = {
  name: "each-listed",
  summary: "Each resource of the list has a JSON boolean at `boolean`; open for an empty list.",
  takes: ["boolean"],
  judge(evidence, given): Judgement {
    const list = listIn(evidence);
    const resources = list === undefined ? undefined : resourcesIn(list);
    if (resources === undefined) return unknown(NO_LIST, { neutral: true });
    if (resources.length === 0) return unknown("the list is empty", { neutral: true });
    const path = String(given.boolean);
    const odd = resources.findIndex((resource: Json) => typeof valueAt(resource, path) !== "boolean");
    if (odd === -1) return broken();
    return broken(
      difference(`body Resources[${odd}].${path}`, "a boolean", show(valueAt(resources[odd], path))),
    );
  },
};
