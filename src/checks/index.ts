export { judge } from "./judge.ts";
export { namedChecks as checks } from "./named/index.ts";
