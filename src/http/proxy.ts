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

/** Variables of the environment by name. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether undici sends requests to this address through a proxy of the environment; read as it reads it, so that a load,
 * which brings sockets of its own, goes the way a run goes.
 */
export function isProxied({ protocol, host, port }: URL, environment: Environment = env): boolean {
  const { http_proxy, HTTP_PROXY, https_proxy, HTTPS_PROXY, no_proxy, NO_PROXY } = environment;
  const forHttp = http_proxy ?? HTTP_PROXY;
  const named = protocol === "https:" ? (https_proxy ?? HTTPS_PROXY) || forHttp : forHttp;
  if (named === undefined || named === "") return false;
  const exceptions = no_proxy ?? NO_PROXY ?? "";
  if (exceptions === "*") return false;
  // The brackets of an IPv6 address stay.
  const name = host.replace(/:\d*$/, "").toLowerCase();
  const own = Number(port) || (protocol === "https:" ? 443 : 80);
  return !exceptions.split(/[,\s]/).some((exception) => isException(exception, name, own));
}

/** `example.com`, `.example.com` or `*.example.com`, each for the name and all below it, with or without a port. */
function isException(exception: string, name: string, port: number): boolean {
  if (exception === "") return false;
  const [, host = exception, only = ""] = /^(.+):(\d+)$/.exec(exception) ?? [];
  if (Number(only) > 0 && Number(only) !== port) return false;
  const suffix = host.replace(/^\*?\./, "").toLowerCase();
  return name === suffix || name.endsWith(`.${suffix}`);
}
