import { refusalReply, ScimFailure } from "../errors.ts";
import { type Make, replying, together } from "../quirks/make.ts";
import { answerOf, type Playing } from "./kind.ts";

/** What a GET of one address is answered, whatever the sound server has there. Who may not ask is told so all the same. */
export const address: Playing<"address"> = (facts) =>
  together(
    ...facts.map(({ path, answer, contrary }): Make => {
      const status = answerOf(answer, contrary);
      const answered = refusalReply(new ScimFailure(status, "There is nothing here."));
      return replying((reply, { method, target }) => {
        const isIt = method === "GET" && target.split("?")[0]?.endsWith(path) === true;
        if (!isIt || reply.status === 401 || reply.status === status) return reply;
        return status >= 400 ? answered : { ...answered, body: "{}" };
      });
    }),
  );
