import { parsePath } from "../model/path.ts";

/** Whether a path to a value can be read. */
export function isPath(path: string): boolean {
  return path !== "" && parsePath(path) !== undefined;
}
