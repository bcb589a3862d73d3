import type { Clock, Random } from "../model/clock.ts";
import { type Headers, headerValue } from "../model/exchange.ts";
import type { ExpectedCredential } from "./authorisation.ts";
import type { Context, Settings, StatusBeyond } from "./context.ts";
import { type EntitlementKind, entitlementKinds } from "./entitlements.ts";
import { ScimFailure } from "./errors.ts";
import type { Handle, Reply, ScimRequest, ServerRequest, ServerResponse } from "./message.ts";
import { type Operations, soundOperations } from "./operations.ts";
import { type RateLimit, RateLimiter } from "./rate-limiter.ts";
import { route } from "./routes.ts";
import { groupType, userType } from "./schemas.ts";
import { type SeedGroup, seedStore } from "./seed.ts";
import { type MakeId, Store } from "./store.ts";

const CONTENT_TYPE = "application/scim+json;charset=utf-8";

export interface ReferenceServerOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** `/scim/v2` when absent. */
  readonly basePath?: string;
  /** The token to ask for; absent, everybody may do everything. */
  readonly token?: string;
  /** How it travels; after `Bearer` when absent. */
  readonly tokenTravels?: Omit<ExpectedCredential, "token">;
  readonly rateLimit?: RateLimit;
  /** More are refused with 400. */
  readonly maxGroupMembers?: number;
  /** More are refused with 413; 10,000 when absent, ten times what the most generous provider documents. */
  readonly maxOperationsPerPatch?: number;
  /** Bytes of UTF-8; more are refused with 413. 16 MiB when absent: 100,000 members take about 5. */
  readonly maxBodyBytes?: number;
  /** A larger `count` is cut down to it; 1,000 when absent. */
  readonly pageSizeMax?: number;
  /**
   * A page of groups ends before it shows more members, though never before its first group; a million when absent:
   * about four times as many would be longer than a text can be.
   */
  readonly pageMembersMax?: number;
  /** Other statuses than those for what is past a limit. */
  readonly statusBeyond?: Partial<StatusBeyond>;
  /** Roles and entitlements that users can be given; two kinds when absent. */
  readonly entitlements?: readonly EntitlementKind[];
  /** Makes ids of another form. */
  readonly makeId?: MakeId;
  /** Puts other operations in the place of sound ones. */
  readonly replace?: Partial<Operations>;
  /** Puts something around the whole server; sees every request and every reply. */
  readonly wrap?: (handle: Handle) => Handle;
}

/** A SCIM service provider without a socket: a function from request to response. */
export interface ReferenceServer {
  /** Never throws; a bug in here is a 500 with a SCIM error. */
  readonly handle: Handle;
  readonly settings: Settings;
  /** Adds users, and groups of the first of those users (as many as there are), without going through `handle`. */
  seed(users: number, groups?: readonly SeedGroup[]): void;
  counts(): { readonly users: number; readonly groups: number };
}

export function createReferenceServer(options: ReferenceServerOptions): ReferenceServer {
  const settings = settingsOf(options);
  const store = new Store(options);
  const operations: Operations = { ...soundOperations, ...options.replace };
  const limiter = options.rateLimit && new RateLimiter(options.clock, options.rateLimit);
  const handle: Handle = (request) => {
    const context: Context = { store, settings, operations, baseUrl: baseUrlOf(request, settings) };
    try {
      return written(answer(context, limiter, request));
    } catch (error) {
      return failed(operations, error);
    }
  };
  return {
    handle: options.wrap?.(handle) ?? handle,
    settings,
    seed: (users, groups = []) => seedStore(store, users, groups),
    counts: () => ({ users: store.count(userType), groups: store.count(groupType) }),
  };
}

/** The gates every request passes, in an order that tells a stranger nothing: who, how often, how much, where. */
function answer(context: Context, limiter: RateLimiter | undefined, request: ServerRequest): Reply {
  const { operations, settings } = context;
  const at = request.target.indexOf("?");
  const path = at === -1 ? request.target : request.target.slice(0, at);
  if (!operations.isPublic(request.method, path, settings.basePath))
    operations.authorise(request.headers, settings.credential);
  limiter?.admit();
  if (Buffer.byteLength(request.body) > settings.maxBodyBytes) {
    throw new ScimFailure(
      settings.statusBeyond.bodyBytes,
      `A request may have ${settings.maxBodyBytes} bytes.`,
    );
  }
  const segments = segmentsBelow(settings.basePath, path);
  if (segments === undefined) throw new ScimFailure(404, `This server answers below ${settings.basePath}.`);
  const query = operations.parseQuery(at === -1 ? "" : request.target.slice(at + 1));
  const { method, headers, body } = request;
  const parsed: ScimRequest = { method, segments, query, headers, body };
  return route(context, parsed);
}

function segmentsBelow(basePath: string, path: string): readonly string[] | undefined {
  if (path !== basePath && !path.startsWith(`${basePath}/`)) return undefined;
  const rest = path.slice(basePath.length + 1);
  if (rest === "") return [];
  try {
    return rest.split("/").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function written(reply: Reply): ServerResponse {
  const headers: Headers = reply.headers ?? [];
  if (reply.body === undefined) return { status: reply.status, headers, body: "" };
  return {
    status: reply.status,
    headers: [["Content-Type", CONTENT_TYPE], ...headers],
    body: JSON.stringify(reply.body),
  };
}

/** What is not a refusal is a bug of this server; its message may hold anything, so it is not passed on. */
function failed(operations: Operations, error: unknown): ServerResponse {
  const failure =
    error instanceof ScimFailure
      ? error
      : new ScimFailure(500, "The reference server has a bug; please report it.");
  return written({ status: failure.status, headers: failure.headers, body: operations.renderError(failure) });
}

/** A Host that is no authority is left out, so that no client can put its own text into another's address. */
function baseUrlOf(request: ServerRequest, { basePath }: Settings): string {
  if (request.origin !== undefined) return `${request.origin}${basePath}`;
  const host = headerValue(request.headers, "host");
  return host !== undefined && /^[A-Za-z0-9.:_[\]-]+$/.test(host) ? `http://${host}${basePath}` : basePath;
}

const expectedCredential = (token: string, { tokenTravels }: ReferenceServerOptions): ExpectedCredential => ({
  token,
  ...(tokenTravels ?? { form: "bearer", header: "Authorization" }),
});

function settingsOf(options: ReferenceServerOptions): Settings {
  return {
    basePath: (options.basePath ?? "/scim/v2").replace(/\/+$/, ""),
    ...(options.token === undefined ? {} : { credential: expectedCredential(options.token, options) }),
    maxGroupMembers: options.maxGroupMembers ?? Number.POSITIVE_INFINITY,
    maxOperationsPerPatch: options.maxOperationsPerPatch ?? 10_000,
    maxBodyBytes: options.maxBodyBytes ?? 16 * 1024 * 1024,
    pageSizeMax: options.pageSizeMax ?? 1000,
    entitlements: options.entitlements ?? entitlementKinds,
    pageMembersMax: options.pageMembersMax ?? 1_000_000,
    statusBeyond: { groupMembers: 400, operations: 413, bodyBytes: 413, ...options.statusBeyond },
  };
}
