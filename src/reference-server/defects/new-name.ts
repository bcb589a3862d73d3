import { renameIn } from "./sent.ts";
import type { Call } from "./spoil.ts";

/** The name a PUT or PATCH gives the group, if it is another one than it has. */
export function newName({ body, resource }: Call): string | undefined {
  const name = typeof body.displayName === "string" ? body.displayName : renameIn(body);
  return resource === undefined || name === resource.attributes.displayName ? undefined : name;
}
