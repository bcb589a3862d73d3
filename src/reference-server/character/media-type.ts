import { headerValue } from "../../model/exchange.ts";
import { refusalReply, ScimFailure } from "../errors.ts";
import { type Make, replying, together } from "../quirks/make.ts";
import type { Playing } from "./kind.ts";

/** The media types of answers, and those that bodies may have. */
export const mediaType: Playing<"media-type"> = (facts) =>
  together(
    ...facts.map(({ direction, type, contrary }): Make => {
      if (direction === "answer") {
        const sent = contrary === true ? "text/json" : type;
        return replying((reply) => ({
          ...reply,
          headers: reply.headers.map(([name, value]) =>
            name.toLowerCase() === "content-type" ? [name, sent] : [name, value],
          ),
        }));
      }
      if (contrary !== true) return () => ({});
      return () => ({
        wrap: (handle) => (request) =>
          headerValue(request.headers, "content-type")?.toLowerCase().startsWith(type) === true
            ? refusalReply(new ScimFailure(415, `${type} is not taken.`))
            : handle(request),
      });
    }),
  );
