/** What became of the text of a base URL. */
export type ParsedBaseUrl =
  | {
      readonly ok: true;
      /** Without a trailing slash, except that a URL without a path keeps the one `URL` gives it. */
      readonly url: URL;
      /** Whole sentences about what works but deserves a look. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly problem: string };

const refuse = (problem: string): ParsedBaseUrl => ({ ok: false, problem });

/**
 * Reads the base URL of a SCIM service, the part before `/Users`, as an administrator types it into Okta.
 * Refuses what could never work; says in `notes` what Okta would refuse or what puts the token at risk.
 */
export function parseBaseUrl(text: string): ParsedBaseUrl {
  const trimmed = text.trim();
  if (trimmed === "") return refuse("The base URL is empty.");
  // `localhost:8080/scim` would otherwise be read as a URL with the scheme `localhost`.
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return refuse("The base URL has no scheme: it has to start with https:// (or http:// on this machine).");
  }
  if (scheme !== "http" && scheme !== "https") {
    return refuse(`SCIM is spoken over http or https, not ${scheme}.`);
  }
  if (!URL.canParse(trimmed)) return refuse("The base URL cannot be read as a URL.");
  const url = new URL(trimmed);
  const problem = misfit(url, trimmed);
  if (problem !== undefined) return refuse(problem);
  url.pathname = url.pathname.replace(/\/+$/, "");
  return { ok: true, url, notes: notesOn(url) };
}

function misfit(url: URL, text: string): string | undefined {
  if (url.username !== "" || url.password !== "") {
    return "The base URL must not hold a user name or password: it is printed in reports. Give the credential apart.";
  }
  // An empty query or fragment leaves no trace in the parsed URL, yet Okta would append the path behind it.
  if (text.includes("?")) return "The base URL must not have a query: Okta appends /Users to it.";
  if (text.includes("#")) return "The base URL must not have a fragment: Okta appends /Users to it.";
  const resource = /\/(Users|Groups)\/*$/i.exec(url.pathname)?.[1];
  if (resource !== undefined) {
    return `The base URL must end before /${resource}: Okta appends the resource itself.`;
  }
  return undefined;
}

function notesOn(url: URL): readonly string[] {
  const notes: string[] = [];
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    notes.push(`The token travels to ${url.host} unencrypted: Okta accepts https only.`);
  }
  if (url.hostname.includes("_")) {
    notes.push(`The host ${url.hostname} has an underscore in its name: Okta refuses such a base URL.`);
  }
  return notes;
}

/** Whether a host, as it stands in a URL, is this machine: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
  if (name === "localhost" || name === "::1") return true;
  // All four parts are wanted: `127.evil.example` is a name anyone can register.
  return /^127(\.\d{1,3}){3}$/.test(name) || /^::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}$/.test(name);
}
