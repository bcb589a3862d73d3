import {
  type ReferenceServerHandle,
  type ReferenceServerSettings,
  startReferenceServer,
} from "../../index.ts";
import type { Host } from "../host.ts";

interface ServeFlags {
  /** Commander turns `--no-auth` into false. */
  readonly auth?: ReferenceServerSettings["auth"] | false;
}

/** `scim-check serve`: runs until it is told to stop. */
export async function serveCommand(
  { auth, ...flags }: Omit<ReferenceServerSettings, "auth"> & ServeFlags,
  host: Host,
): Promise<number> {
  const settings = {
    ...flags,
    ...(auth === false ? { token: null } : auth === undefined ? {} : { auth }),
  };
  const server = await startReferenceServer(settings, { env: host.env });
  const inputs = Object.entries(server.inputs).map(
    ([name, value]) => `--input ${name}=${withoutGivenToken(value, server)}`,
  );
  // Whoever reads the first line may stop the server before a second write.
  const toStop = stopped(host);
  host.stdout.write(`${[server.url, aboutToken(server), ...inputs].join("\n")}\n`);
  if (server.isOpenToOthers && server.url.startsWith("http:")) {
    host.stderr.write(
      "Other machines can reach it, and tokens travel unencrypted; --tls-cert and --tls-key would protect them.\n",
    );
  }
  const letIn = flagsToBeLetIn(settings);
  if (letIn !== "" && server.token !== undefined) {
    host.stderr.write(`Clients of scim-check are let in with the token in SCIM_TOKEN, and ${letIn}.\n`);
  }
  host.stderr.write("Ctrl-C stops it.\n");
  await toStop;
  await server.close();
  return 0;
}

/** What `run`, `load` and `cleanup` need beside the token; nothing for a bearer token. */
function flagsToBeLetIn({ auth, authHeader }: ReferenceServerSettings): string {
  if (authHeader !== undefined) return `--auth-header ${authHeader}`;
  return auth === undefined || auth === "bearer" ? "" : `--auth ${auth}`;
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
