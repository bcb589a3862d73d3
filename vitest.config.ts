import { defineConfig } from "vitest/config";

/** What would be `light`, but is about the process: how much memory it holds, how it stalls, what Node.js gives it. */
const ABOUT_THE_PROCESS = [
  "test/unit/conformance/hostile-server.test.ts",
  "test/unit/http/large-bodies.test.ts",
  "test/unit/http/memory-of.test.ts",
  "test/unit/http/our-own-time.test.ts",
  "test/unit/reference-server/constant-time.test.ts",
  "test/unit/wiring/memory.test.ts",
];

const each = {
  // Some tests install the packed tarball or start real servers; nothing here waits for a clock.
  testTimeout: 180_000,
  hookTimeout: 400_000,
  globals: false,
};

export default defineConfig({
  test: {
    globalSetup: ["test/compiled-library.ts"],
    // Vitest leaves a core to itself; most of these tests wait for a process or a socket, so that it is not needed.
    maxWorkers: "100%",
    // Files with a process of their own are played first, so that no core waits at the end for a long one.
    projects: [
      {
        test: {
          ...each,
          name: "heavy",
          include: ["test/*.test.ts", "test/!(unit|properties)/**/*.test.ts", ...ABOUT_THE_PROCESS],
        },
      },
      {
        test: {
          ...each,
          name: "light",
          include: ["test/{unit,properties}/**/*.test.ts"],
          exclude: ABOUT_THE_PROCESS,
          // Most of what these cost is a process, and reading the sources into it. They leave it as they found it.
          isolate: false,
        },
      },
    ],
  },
});
