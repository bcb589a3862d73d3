import { parsePath } from "../model/path.ts";

/** Whether a path to a value can be read. Its quoted keys are JSON, so that a stray backslash makes it unreadable. */
export function isPath(path: string): boolean {
  try {
    return path !== "" && parsePath(path) !== undefined;
  } catch {
    return false;
  }
}
