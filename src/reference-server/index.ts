export { createReferenceServer, type ReferenceServer, type ReferenceServerOptions } from "./app.ts";
export type { Context, Settings } from "./context.ts";
export { ScimFailure } from "./errors.ts";
export { type Listening, type ListenOptions, listen } from "./listen.ts";
export { memorySend } from "./memory-send.ts";
export type { Handle, Reply, ScimRequest, ServerRequest, ServerResponse } from "./message.ts";
export { type Operations, soundOperations } from "./operations.ts";
export type { RateLimit } from "./rate-limiter.ts";
export type { SeedGroup } from "./seed.ts";
