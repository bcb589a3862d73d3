/** What a load tells of itself while it runs, and how to read it. */
export { figuresOf, type LiveLoad, type LoadProgress } from "../load/live.ts";
