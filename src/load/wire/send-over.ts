import type { Send } from "../../model/exchange.ts";
import { CLOSED } from "./failure.ts";
import { RequestSendable } from "./request-sendable.ts";
import type { Wire } from "./wire.ts";

/** A wire as a `Send`: for what reads back and removes after a load, the same way as the load itself. */
export function sendOver(wire: Pick<Wire, "headOf" | "send" | "silent">): Send {
  return (request, signal) =>
    new Promise((resolve) => {
      const leave = () => resolve(wire.silent(request, CLOSED));
      if (signal.aborted) {
        leave();
        return;
      }
      signal.addEventListener("abort", leave, { once: true });
      const came = (exchange: Parameters<typeof resolve>[0]) => {
        signal.removeEventListener("abort", leave);
        resolve(exchange);
      };
      wire.send(new RequestSendable(wire, request), {
        sentAt: 0,
        answered: (answer) => came(answer.toExchange(request)),
        failed: (failure) => came(wire.silent(request, failure)),
      });
    });
}
