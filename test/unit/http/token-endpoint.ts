import { OAuth2Server } from "oauth2-mock-server";

/** What a token endpoint was asked. */
export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface TokenEndpoint {
  readonly url: URL;
  readonly asked: readonly TokenRequest[];
  /** Access tokens in the order they were issued. */
  readonly issued: readonly string[];
  stop(): Promise<void>;
}

export interface TokenAnswer {
  /** Seconds; left out of the answer when null. */
  readonly expiresIn?: number | null;
  /** Instead of a token. */
  readonly status?: number;
  readonly error?: (request: TokenRequest) => Record<string, unknown>;
}

/** A real OAuth 2.0 server that nobody here wrote, for the client credentials grant. */
export async function tokenEndpoint(
  answer: TokenAnswer = {},
  /** Paths of files in PEM form. */
  tls?: { readonly key: string; readonly cert: string },
): Promise<TokenEndpoint> {
  const server = new OAuth2Server(tls?.key, tls?.cert);
  await server.issuer.keys.generate("ES256");
  const asked: TokenRequest[] = [];
  const issued: string[] = [];
  let count = 0;
  server.service.on("beforeTokenSigning", (token) => {
    count += 1;
    token.payload.jti = `token-${count}`;
  });
  server.service.on("beforeResponse", (response, { headers, body }) => {
    const request = { authorization: headers.authorization, body: { ...body } };
    asked.push(request);
    if (answer.error !== undefined) {
      response.statusCode = answer.status ?? 401;
      response.body = answer.error(request);
      return;
    }
    issued.push(response.body.access_token);
    if (answer.expiresIn === null) delete response.body.expires_in;
    else if (answer.expiresIn !== undefined) response.body.expires_in = answer.expiresIn;
  });
  await server.start(0, "127.0.0.1");
  const { port } = server.address();
  return {
    url: new URL(`http${tls === undefined ? "" : "s"}://127.0.0.1:${port}/token`),
    asked,
    issued,
    stop: () => server.stop(),
  };
}
