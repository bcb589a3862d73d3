/** Run by the build, after the compiler: leaves the built-in scenarios beside the code, ready to be played. */
import { writeFileSync } from "node:fs";
import { compileLibrary } from "./library.ts";

writeFileSync(new URL("./library.json", import.meta.url), await compileLibrary());
