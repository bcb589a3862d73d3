import type { SilenceReason } from "../model/exchange.ts";

/** What to do where a server, or the way to it, gave no answer to the first request. */
export const SILENCE_REMEDY: Readonly<Record<SilenceReason, string>> = {
  refused: "Check the port, and that the server is running and listens on this address.",
  unresolved: "Check the host name for a typing error, and that this machine's DNS knows it.",
  tls: "Mend the certificate, or give the issuer with --ca FILE. --insecure switches verification off, for this run only.",
  "timed-out": "Check firewalls between here and the server, and whether the server is overloaded.",
  reset: "Check whether the port speaks HTTP (or HTTPS), and the server's own log.",
  malformed: "Check that the port speaks HTTP: what came back is not an HTTP answer.",
  "too-large":
    "The answer to a page of two users is larger than scim-check reads; check what the server sends.",
  aborted: "Start the run again.",
  "no-token":
    "Check --oauth-token-url, the client's id and secret, the scope, and whether the token endpoint wants --oauth-client-auth basic or post.",
};

/** What to do where a server does not accept the credential. */
export const CREDENTIAL_REMEDY =
  "Check that SCIM_TOKEN holds a token this server issued, that it has not expired, and that it may read and write users and groups.";
