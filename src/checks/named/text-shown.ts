import type { Check } from "../../model/evidence.ts";
import { broken, difference, holds, show, unknown } from "../answer.ts";
import { objectShown } from "./shown.ts";

/** For text that may be kept in one attribute or another: a server that holds one name may split it as it likes. */
export const textShown: Check = {
  name: "text-shown",
  summary:
    "Some text of the resource contains `text`, character for character (`shown: false`: none does); open when none is shown.",
  takes: ["text", "shown?"],
  judge(evidence, given) {
    const resource = objectShown(evidence);
    if (resource === undefined) return unknown("the answer shows no resource", { neutral: true });
    // Written again, because the server may have escaped what it sent.
    const written = JSON.stringify(String(given.text)).slice(1, -1);
    const isWanted = given.shown !== false;
    return JSON.stringify(resource).includes(written) === isWanted
      ? holds
      : broken(
          difference("body", `${show(given.text)} ${isWanted ? "somewhere" : "nowhere"}`, show(resource)),
        );
  },
};
