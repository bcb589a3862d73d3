import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A SCIM server of somebody else's, started for a test. */
export interface RunningServer {
  /** The SCIM base URL. */
  readonly url: string;
  /** The bearer token. */
  readonly token: string;
  close(): Promise<void>;
}

/** Opens the server on a free port of the loopback address. `path` is the path of the SCIM base URL. */
export async function listening(server: Server, path: string): Promise<Pick<RunningServer, "url" | "close">> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
