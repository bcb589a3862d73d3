import { timingSafeEqual } from "node:crypto";

/** Takes the same time wherever two texts differ; only their lengths, which are no secret, show. */
export function sameText(one: string | undefined, other: string): boolean {
  if (one === undefined) return false;
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
