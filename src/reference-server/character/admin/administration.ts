import { createHmac } from "node:crypto";
import type { Clock } from "../../../model/clock.ts";
import { sameText } from "../../same-text.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A token as administrators see it. The secret is told once, when it is made. */
export interface ScimToken {
  readonly id: string;
  readonly description: string;
  readonly createdAt: number;
  readonly expiredAt: number;
  lastUsedAt?: number;
}

/** An account of the product, which SCIM may manage or not. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  /** Of the SCIM user who is linked to it; absent while it is managed by hand. */
  scimId?: string;
  isSuspended: boolean;
  isSiteAdmin: boolean;
}

/** A team, and the SCIM group its members follow. */
export interface Team {
  readonly id: string;
  readonly name: string;
  /** Ids of accounts. */
  members: ReadonlySet<string>;
  link?: { readonly groupId: string; isPaused: boolean };
}

/** One line of the provisioning log. */
export interface LogEntry {
  readonly at: number;
  readonly request: string;
  readonly status: number;
  readonly result: "succeeded" | "failed";
}

/** How long tokens live, in days; see TFE-22 and TFE-23. */
export interface TokenLife {
  readonly usual: number;
  readonly shortest: number;
  readonly longest: number;
}

/** Names that belong to a server with this token, for whoever plays its administrator. */
export const namedTokensOf = (token: string) => ({
  expired: `${token}.expired`,
  foreign: `${token}.foreign`,
  admin: `${token}.admin`,
});

/** The address of an account that is managed by hand, and the team that may be linked. */
export const DISPOSABLE_EMAIL = "disposable.person@example.com";
export const DISPOSABLE_TEAM = "team-disposable";
export const OWNERS_TEAM = "team-owners";

/** What an installation knows beside its SCIM users and groups: settings, tokens, accounts, teams and a log. */
export class Administration {
  readonly #clock: Clock;
  readonly #token: string;
  readonly life: TokenLife;
  readonly #tokens = new Map<string, ScimToken>();
  readonly accounts: Account[] = [
    {
      id: "user-1",
      username: "site-admin",
      email: "site.admin@example.com",
      isSuspended: false,
      isSiteAdmin: true,
    },
    {
      id: "user-2",
      username: "disposable-person",
      email: DISPOSABLE_EMAIL,
      isSuspended: false,
      isSiteAdmin: false,
    },
  ];
  readonly teams: readonly Team[] = [
    { id: OWNERS_TEAM, name: "owners", members: new Set(["user-1"]) },
    { id: DISPOSABLE_TEAM, name: "disposable", members: new Set(["user-2"]) },
  ];
  readonly log: LogEntry[] = [];
  state: "enabled" | "paused" | "disabled" = "enabled";
  siteAdminGroup: string | undefined;
  /** For servers that are to do otherwise than documented: disabling deletes nobody, or revokes no token. */
  keepsWhenDisabled = false;
  keepsTokensWhenDisabled = false;
  #made = 0;

  constructor(clock: Clock, life: TokenLife, token: string | undefined) {
    this.#clock = clock;
    this.life = life;
    this.#token = token ?? "";
    if (token === undefined) return;
    this.#keep(token, "the token the server was started with", clock.now() + life.usual * DAY_MS);
    this.#keep(namedTokensOf(token).expired, "a token that has expired", clock.now() - 1);
  }

  get tokens(): readonly ScimToken[] {
    return [...this.#tokens.values()];
  }

  /** Makes a token. Undefined when its date lies outside of what is allowed. */
  mint(
    description: string,
    expiredAt: number | undefined,
  ): { readonly token: ScimToken; readonly secret: string } | undefined {
    const now = this.#clock.now();
    const days = expiredAt === undefined ? undefined : (expiredAt - now) / DAY_MS;
    if (days !== undefined && (days < this.life.shortest - 1 / 24 || days > this.life.longest + 1 / 24))
      return undefined;
    const secret = this.#secretOf(`${this.#made + 1} ${Math.floor(now)}`);
    return { token: this.#keep(secret, description, expiredAt ?? now + this.life.usual * DAY_MS), secret };
  }

  /** Nobody can guess it who does not know the server's own token, and a run that is repeated gets it again. */
  #secretOf(occasion: string): string {
    return `scim-${createHmac("sha256", this.#token).update(occasion).digest("base64url")}`;
  }

  #keep(secret: string, description: string, expiredAt: number): ScimToken {
    this.#made += 1;
    const token = { id: `at-${this.#made}`, description, createdAt: this.#clock.now(), expiredAt };
    this.#tokens.set(secret, token);
    return token;
  }

  /** Takes effect with the next request. */
  revoke(id: string): boolean {
    for (const [secret, token] of this.#tokens) if (token.id === id) return this.#tokens.delete(secret);
    return false;
  }

  revokeAll(): void {
    this.#tokens.clear();
  }

  /** Whether a SCIM request may pass with this secret; notes when it was used, once a minute at most. */
  lets(secret: string | undefined): boolean {
    const token = this.#tokenOf(secret);
    const now = this.#clock.now();
    if (token === undefined || token.expiredAt <= now) return false;
    if (token.lastUsedAt === undefined || now - token.lastUsedAt >= 60_000) token.lastUsedAt = now;
    return true;
  }

  /** All are compared, each in the same time: how long it takes tells nothing of any of them. */
  #tokenOf(secret: string | undefined): ScimToken | undefined {
    return [...this.#tokens].filter(([known]) => sameText(secret, known))[0]?.[1];
  }

  note(request: string, status: number): void {
    const result = status < 400 ? "succeeded" : "failed";
    this.log.push({ at: this.#clock.now(), request, status, result });
  }
}
