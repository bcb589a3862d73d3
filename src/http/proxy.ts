// undici takes the proxies of the environment from these same variables, so this is where their passwords are found.
import { env } from "node:process";

const VARIABLES = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"];

/**
 * What of a proxy's address must not be seen: its password, and the pair as Basic authentication writes it.
 * @param proxy a URL, or `from-environment`
 */
export function proxySecrets(proxy: string | undefined): readonly string[] {
  if (proxy === undefined) return [];
  if (proxy === "from-environment") return VARIABLES.flatMap((name) => proxySecrets(env[name]));
  // Some write the address without a scheme, and undici then refuses it.
  const url = [proxy, `http://${proxy}`].find((text) => URL.canParse(text) && new URL(text).host !== "");
  if (url === undefined) return [];
  const { username, password } = new URL(url);
  if (password === "") return [];
  const plain = decoded(password);
  return [password, plain, Buffer.from(`${decoded(username)}:${plain}`).toString("base64")];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether undici would send requests to this address through a proxy of the environment. */
export function isProxied({ protocol, hostname, port }: URL): boolean {
  const named =
    protocol === "https:" ? (env.https_proxy ?? env.HTTPS_PROXY) : (env.http_proxy ?? env.HTTP_PROXY);
  if (named === undefined || named === "") return false;
  const exceptions = (env.no_proxy ?? env.NO_PROXY ?? "")
    .toLowerCase()
    .split(/[,\s]+/)
    .filter((one) => one !== "");
  const own = port === "" ? (protocol === "https:" ? "443" : "80") : port;
  return !exceptions.some((exception) => {
    const [, host = "", only] = /^(.*?)(?::(\d+))?$/.exec(exception) ?? [];
    if (only !== undefined && only !== own) return false;
    const suffix = host.replace(/^\*?\.?/, "");
    return host === "*" || hostname === suffix || hostname.endsWith(`.${suffix}`);
  });
}
