/** Requests that share a documented rate. */
export interface Endpoint {
  readonly methods: readonly ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")[];
  readonly resource: "Users" | "Groups";
}

/** `reads` are GETs, of one and of many; an endpoint's are those with its methods of one resource (POST: of the collection). */
export type RatePool = "all" | "reads" | "writes" | Endpoint;

/** Whether a request counts. The collection is absent for what is about no resource, such as discovery. */
export function countsIn(
  pool: RatePool,
  method: string,
  collection: string | undefined,
  hasId: boolean,
): boolean {
  if (pool === "all") return true;
  if (collection === undefined) return false;
  if (pool === "reads" || pool === "writes") return (method === "GET") === (pool === "reads");
  const isItsMethod = pool.methods.some((one) => one === method);
  return isItsMethod && pool.resource === collection && hasId === (method !== "POST");
}
