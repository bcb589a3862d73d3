import type { Headers, Request } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";
import { percentEncoded } from "../model/percent.ts";
import type { SendStep, Speaker } from "../model/scenario.ts";
import { fillBody, fillPath, fillText, type Scope } from "./fill.ts";

/** The headers Okta sends, by who speaks and whether there is a body. Handed in by the layer `okta`. */
export type Speak = (speaker: Speaker, hasBody: boolean) => Request["headers"];

/** The request of a step, with every slot filled. Throws `MissingValue` when one cannot be. */
export function requestOf(step: SendStep, scope: Scope, speak: Speak): Request {
  const body = bodyOf(step, scope);
  const replaced = step.headers.map(([name, template]) => [name, fillText(template, scope)] as const);
  return {
    method: step.method,
    path: fillPath(step.path, scope) + queryOf(step, scope),
    ...(step.below === undefined ? {} : { below: step.below }),
    headers: withOwnHeaders(speak(step.speaker, body !== undefined), replaced),
    credential: step.credential,
    ...(body === undefined ? {} : { body }),
  };
}

/** What a step writes counts instead of a spoken header of that name; given as an empty text, it is left out. */
export function withOwnHeaders(spoken: Headers, own: Headers): Headers {
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  return [
    ...spoken.filter(([name]) => !names.has(name.toLowerCase())),
    ...own.filter(([, value]) => value !== ""),
  ];
}

function bodyOf(step: SendStep, scope: Scope): string | undefined {
  if (step.text !== undefined) return fillText(step.text, scope);
  return step.body === undefined ? undefined : JSON.stringify(fillBody(step.body, scope));
}

function queryOf(step: SendStep, scope: Scope): string {
  if (step.query.length === 0) return "";
  const parameters = step.query.map(
    ([name, template]) => `${name}=${percentEncoded(fillText(template, scope))}`,
  );
  return (
    (step.path.parts.some((part) => typeof part === "string" && part.includes("?")) ? "&" : "?") +
    parameters.join("&")
  );
}

/** A request with Okta's headers whose body is a value. */
export function buildRequest(speak: Speak, method: string, path: string, body?: Json): Request {
  return {
    method,
    path,
    headers: speak("okta", body !== undefined),
    credential: "given",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}
