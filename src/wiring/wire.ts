// Not the global of this name, which is a getter: it is asked for several times a request.
import { performance } from "node:perf_hooks";
import type { HeldCredential } from "../http/credential.ts";
import type { SendOptions } from "../http/send.ts";
import type { TrustOptions } from "../http/trust.ts";
import type { Wire } from "../load/wire/wire.ts";
import type { WireOptions } from "../load/wire/wire-options.ts";

/** How a load reaches its server. */
export interface WireSettings extends TrustOptions {
  /** As `parseBaseUrl` gives it. */
  readonly baseUrl: URL;
  readonly credential: HeldCredential;
  /** Credentials that scenarios ask for by name. */
  readonly named?: NonNullable<SendOptions["named"]>;
  /** Connections open at once. */
  readonly connections: number;
  /** Milliseconds for a whole exchange, 60 000 (Okta's) unless given. */
  readonly timeoutMs?: number;
  /** Milliseconds until a connection has to stand, 15 000 unless given. */
  readonly connectTimeoutMs?: number;
}

const EXCHANGE_MS = 60_000;
const CONNECT_MS = 15_000;
const MAX_HEAD_BYTES = 65_536;
const MAX_BODY_BYTES = 20_000_000;

/**
 * Opens the way to a server for a load: sockets of our own. Nothing is connected yet. Secrets, certificates, codings and
 * wording are those of a conformance run, which is why they are handed over here.
 * @throws BadInput when a certificate or a key cannot be used
 */
export async function openWire(settings: WireSettings): Promise<Wire> {
  const { Sockets } = await import("../load/wire/sockets.ts");
  return new Sockets(await wireOptions(settings));
}

/** The same over one connection of HTTP/2, to see whether the server speaks it soundly. */
export async function openHttp2Wire(settings: WireSettings): Promise<Wire> {
  const { Http2Wire } = await import("../load/wire/http2.ts");
  return new Http2Wire(await wireOptions(settings));
}

/** What a wire needs, from the layer `http`; without a connection being made. */
export async function wireOptions(settings: WireSettings): Promise<WireOptions> {
  const [
    { noteCertificate },
    { secretsOf },
    { inflateBodyNow },
    keyring,
    { recorder },
    { silenceOf },
    trust,
  ] = await Promise.all([
    import("../http/certificate.ts"),
    import("../http/credential.ts"),
    import("../http/inflate.ts"),
    import("../http/keyring.ts"),
    import("../http/redact.ts"),
    import("../http/silence.ts"),
    import("../http/trust.ts"),
  ]);
  const { baseUrl, credential } = settings;
  const credentialHeader = credential.kind === "header" ? credential.name : undefined;
  const port = baseUrl.port === "" ? (baseUrl.protocol === "https:" ? 443 : 80) : Number(baseUrl.port);
  const secrets = [...secretsOf(credential), ...keyring.namedSecrets(settings)];
  const recording = recorder(secrets, credentialHeader);
  let certificate: Parameters<typeof silenceOf>[1]["certificate"];
  return {
    baseUrl,
    headersOf: (request) => keyring.withCredential(request, credential, settings),
    record: (raw) => recording.record(raw),
    explain: (trouble) => silenceOf(trouble, { host: baseUrl.hostname, port, certificate }),
    inflate: inflateBodyNow,
    tls: trust.tlsSettings(settings),
    watchCertificate: (socket) =>
      noteCertificate(socket, (seen) => {
        certificate = seen;
      }),
    timeoutMs: settings.timeoutMs ?? EXCHANGE_MS,
    connectTimeoutMs: settings.connectTimeoutMs ?? CONNECT_MS,
    maxConnections: settings.connections,
    maxHeadBytes: MAX_HEAD_BYTES,
    maxBodyBytes: MAX_BODY_BYTES,
    now: () => performance.now(),
    epoch: performance.timeOrigin,
  };
}
