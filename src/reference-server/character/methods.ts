import { ScimFailure } from "../errors.ts";
import type { Reply } from "../message.ts";
import { type Make, together } from "../quirks/make.ts";
import { lookingFirst } from "./before.ts";
import { answerOf, firstOf, isOf, type Playing, whereKept } from "./kind.ts";

/** Which methods a resource has, and what they answer. */
export const method: Playing<"method"> = (facts) =>
  together(
    ...facts.map(({ resource, method: verb, answer, contrary }): Make => {
      const wanted = answerOf(answer, contrary);
      return ({ operations }) => {
        const answered = (
          type: { readonly collection: string },
          sound: () => Reply,
          read: (reply: Reply) => Reply,
        ) => {
          if (!isOf(type, resource)) return sound();
          if (wanted >= 400) throw new ScimFailure(wanted, `${verb} is not offered here.`);
          const reply = sound();
          if (wanted === reply.status || reply.status >= 300) return reply;
          if (wanted === 204) return { status: 204 };
          return { ...read(reply), status: wanted };
        };
        switch (verb) {
          case "POST":
            return {
              replace: {
                create: (context, type, request) =>
                  answered(
                    type,
                    () => operations.create(context, type, request),
                    (reply) => reply,
                  ),
              },
            };
          case "PUT":
            return {
              replace: {
                replace: (context, type, id, request) =>
                  answered(
                    type,
                    () => operations.replace(context, type, id, request),
                    (reply) => reply,
                  ),
              },
            };
          case "PATCH":
            return {
              replace: {
                modify: (context, type, id, request) =>
                  answered(
                    type,
                    () => operations.modify(context, type, id, request),
                    (reply) =>
                      reply.body === undefined ? operations.read(context, type, id, request) : reply,
                  ),
              },
            };
          case "DELETE":
            return {
              replace: {
                remove: (context, type, id, request) =>
                  answered(
                    type,
                    () => operations.remove(context, type, id, request),
                    (reply) => reply,
                  ),
              },
            };
        }
      };
    }),
  );

/** A collection that is not there. */
export const noResource: Playing<"no-resource"> = (facts) =>
  whereKept(facts, ({ resource, answer: answers }): Make => {
    const answer = firstOf(answers);
    return ({ operations }) => ({
      replace: lookingFirst(operations, ({ types }) => {
        if (types.some((type) => isOf(type, resource))) {
          throw new ScimFailure(answer, `There is no /${resource} here.`);
        }
      }),
    });
  });
