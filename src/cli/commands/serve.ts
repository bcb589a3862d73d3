import { type ReferenceServerSettings, startReferenceServer } from "../../index.ts";
import type { Host } from "../host.ts";

/** `scim-check serve`: runs until it is told to stop. */
export async function serveCommand(
  { auth, ...flags }: ReferenceServerSettings & { readonly auth?: boolean },
  host: Host,
): Promise<number> {
  const server = await startReferenceServer({ ...flags, ...(auth === false ? { token: null } : {}) });
  host.stdout.write(`${server.url}\n`);
  host.stdout.write(`${aboutToken(server.token, flags.token)}\n`);
  for (const [name, value] of Object.entries(server.inputs)) host.stdout.write(`--input ${name}=${value}\n`);
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
function aboutToken(token: string | undefined, given: string | null | undefined): string {
  if (token === undefined) return "no token is asked for";
  return typeof given === "string" ? "token: the one given with --token" : `token: ${token}`;
}

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
