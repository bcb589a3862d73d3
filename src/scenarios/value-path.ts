import type { Place } from "../model/problem.ts";
import { isPath } from "./path-syntax.ts";
import { complain, type Reading } from "./reading.ts";

/** Complains of a path that cannot be read. */
export function complainOfPath(path: string, place: () => Place, reading: Reading): void {
  if (isPath(path)) return;
  complain(
    reading,
    place(),
    `${JSON.stringify(path)} is not a path.`,
    'Expected one such as `name.givenName`, `emails[0].value` or `["urn:a:b"].department`.',
  );
}
