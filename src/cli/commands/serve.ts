import { type ReferenceServerSettings, startReferenceServer } from "../../index.ts";
import type { Host } from "../host.ts";

/** `scim-check serve`: runs until it is told to stop. */
export async function serveCommand(
  { auth, ...flags }: ReferenceServerSettings & { readonly auth?: boolean },
  host: Host,
): Promise<number> {
  const server = await startReferenceServer({ ...flags, ...(auth === false ? { token: null } : {}) });
  host.stdout.write(`${server.url}\n`);
  host.stdout.write(server.token === undefined ? "no token is asked for\n" : `token: ${server.token}\n`);
  host.stderr.write("Ctrl-C stops it.\n");
  await stopped(host);
  await server.close();
  return 0;
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
