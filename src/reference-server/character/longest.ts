import { ScimFailure } from "../errors.ts";
import { type Make, readingWhole } from "../quirks/make.ts";
import { type Playing, whereKept } from "./kind.ts";
import { valueAtPath } from "./value-path.ts";

/** Refuses texts that are longer than documented; a contrary fact takes them whole. */
export const longest: Playing<"longest"> = (facts) =>
  whereKept(
    facts,
    ({ resource, attribute, value }): Make =>
      ({ operations }) => ({
        replace: readingWhole(operations, resource === "Users" ? "User" : "Group", (body) => {
          const isLonger = valueAtPath(body, attribute).some(
            (text) => typeof text === "string" && text.length > value,
          );
          if (!isLonger) return body;
          throw new ScimFailure(400, `${attribute} has at most ${value} characters.`, "invalidValue");
        }),
      }),
  );
