/** Run before packing: what an older build has left in `dist` must not be published. */
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

rmSync(fileURLToPath(new URL("../../dist/", import.meta.url)), { recursive: true, force: true });
