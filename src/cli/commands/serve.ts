import {
  type ReferenceServerHandle,
  type ReferenceServerSettings,
  startReferenceServer,
} from "../../index.ts";
import type { Host } from "../host.ts";

/** `scim-check serve`: runs until it is told to stop. */
export async function serveCommand(
  { auth, ...flags }: ReferenceServerSettings & { readonly auth?: boolean },
  host: Host,
): Promise<number> {
  const settings = { ...flags, ...(auth === false ? { token: null } : {}) };
  const server = await startReferenceServer(settings, { env: host.env });
  host.stdout.write(`${server.url}\n`);
  host.stdout.write(`${aboutToken(server)}\n`);
  for (const [name, value] of Object.entries(server.inputs)) {
    host.stdout.write(`--input ${name}=${withoutGivenToken(value, server)}\n`);
  }
  if (server.isOpenToOthers && server.url.startsWith("http:")) {
    host.stderr.write(
      "Other machines can reach it, and tokens travel unencrypted; --tls-cert and --tls-key would protect them.\n",
    );
  }
  host.stderr.write("Ctrl-C stops it.\n");
  await stopped(host);
  await server.close();
  return 0;
}

/** A generated token is shown here and nowhere else; one that was given is known already. */
function aboutToken({ token, tokenFrom }: ReferenceServerHandle): string {
  if (token === undefined) return "no token is asked for";
  return tokenFrom === undefined ? `token: ${token}` : `token: the one given with ${tokenFrom}`;
}

// The other tokens are derived from the one that is asked for, as the shell can do from what it knows.
const withoutGivenToken = (value: string, { token, tokenFrom }: ReferenceServerHandle) =>
  token === undefined || tokenFrom === undefined ? value : value.replaceAll(token, () => "$SCIM_TOKEN");

function stopped(host: Host): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      host.off("SIGINT", stop);
      host.off("SIGTERM", stop);
      resolve();
    };
    host.on("SIGINT", stop);
    host.on("SIGTERM", stop);
  });
}
