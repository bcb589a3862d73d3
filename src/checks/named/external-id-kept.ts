import type { Check, Judgement } from "../../model/evidence.ts";
import { broken, difference, notOffered, show, unknown } from "../answer.ts";
import { isUnassigned, objectShown } from "./shown.ts";

/** RFC 7643 3.1: externalId is the client's alone, and a server may do without it. */
export const externalIdKept: Check = {
  name: "external-id-kept",
  summary:
    "externalId is exactly `is`; not offered where the server shows none. Without `is` there has to be none.",
  takes: ["is?"],
  judge(evidence, given): Judgement {
    const resource = objectShown(evidence);
    if (resource === undefined) return unknown("the answer shows no resource", { neutral: true });
    const { externalId } = resource;
    if (given.is === undefined) {
      return isUnassigned(externalId)
        ? broken()
        : broken(difference("body externalId", "absent, because none was sent", show(externalId)));
    }
    if (isUnassigned(externalId)) return notOffered("the server shows no externalId");
    return externalId === given.is
      ? broken()
      : broken(difference("body externalId", show(given.is), show(externalId)));
  },
};
