import type { Check, Judgement } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import { brokenBy, difference, holds, lastAnswer, parsedBody, unknown } from "../answer.ts";

/** RFC 7643 4.1.1: password is returned never. An explicit null counts as not returned (RFC 7643 2.5). */
export const noPassword: Check = {
  name: "no-password",
  summary: "No password member anywhere in the body; left open when the request was refused.",
  takes: [],
  judge(evidence): Judgement {
    const answer = lastAnswer(evidence);
    if (answer === undefined) return unknown("no answer came", { neutral: true });
    if (answer.status >= 300)
      return unknown(`the request was refused with ${answer.status}`, { neutral: true });
    if (answer.body.trim() === "") return holds;
    const body = parsedBody(answer);
    if (!body.ok) return unknown(body.problem);
    const shown = pathsOfPassword(body.value);
    // What stands there is a secret even when it is wrong to show it, so only its place is reported.
    return brokenBy(shown.map((path) => difference(`body ${path}`, "absent", "present")));
  },
};

/** Walks without recursion: the depth of the answer is the server's choice. */
function pathsOfPassword(body: Json): readonly string[] {
  const found: string[] = [];
  const open: { readonly path: string; readonly value: Json }[] = [{ path: "", value: body }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value } = next;
    if (value === null || typeof value !== "object") continue;
    for (const [key, inner] of Object.entries(value) as [string, Json][]) {
      const place = Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
      if (!Array.isArray(value) && key.toLowerCase() === "password" && inner !== null) found.push(place);
      else open.push({ path: place, value: inner });
    }
  }
  return found;
}
