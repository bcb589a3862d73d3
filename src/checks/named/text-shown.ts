import type { Check } from "../../model/evidence.ts";
import { broken, difference, holds, show, unknown, valueAt } from "../answer.ts";
import { isUnassigned, objectShown } from "./shown.ts";

/** For text that may be kept in one attribute or another: a server that holds one name may split it as it likes. */
export const textShown: Check = {
  name: "text-shown",
  summary:
    "Some text of the resource contains `text`, character for character (`shown: false`: none does); open when none is shown, or when it is nowhere and nothing is shown `at` the place where it was sent.",
  takes: ["text", "shown?", "at?"],
  judge(evidence, given) {
    const resource = objectShown(evidence);
    if (resource === undefined) return unknown("the answer shows no resource", { neutral: true });
    // Written again, because the server may have escaped what it sent.
    const written = JSON.stringify(String(given.text)).slice(1, -1);
    const isWanted = given.shown !== false;
    if (JSON.stringify(resource).includes(written) === isWanted) return holds;
    // A server need not keep every attribute: of one that it left aside nothing was damaged.
    if (given.at !== undefined && isUnassigned(valueAt(resource, String(given.at)))) {
      return unknown(`the answer shows nothing at ${String(given.at)}`, { neutral: true });
    }
    return broken(
      difference("body", `${show(given.text)} ${isWanted ? "somewhere" : "nowhere"}`, show(resource)),
    );
  },
};
