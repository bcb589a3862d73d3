import { defineConfig } from "vitest/config";

/** What takes longest: it starts browsers, command lines and faulty servers. */
const STARTS_MUCH = ["test/{browser,cli,faults}/**/*.test.ts", "test/self-test/self-test.test.ts"];

/** What is about the process itself: how much memory it holds, how it stalls, what Node.js gives it. */
const ABOUT_THE_PROCESS = [
  "test/unit/conformance/hostile-server.test.ts",
  "test/unit/http/large-bodies.test.ts",
  "test/unit/http/memory-of.test.ts",
  "test/unit/http/our-own-time.test.ts",
  "test/unit/reference-server/constant-time.test.ts",
  "test/unit/wiring/memory.test.ts",
];

const SHORT = ["test/{properties,unit}/**/*.test.ts"];

const each = {
  setupFiles: ["test/same-examples.ts"],
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
    // Played in the order of their names, so that no core waits at the end for a long file. Most of what a file costs
    // can be a process of its own, and reading the sources into it: only what is about the process has one.
    projects: [
      { test: { ...each, name: "apart", include: ABOUT_THE_PROCESS } },
      { test: { ...each, name: "first", include: STARTS_MUCH, isolate: false } },
      {
        test: {
          ...each,
          name: "long",
          include: ["test/**/*.test.ts"],
          exclude: [...STARTS_MUCH, ...SHORT, "**/node_modules/**"],
          isolate: false,
        },
      },
      { test: { ...each, name: "short", include: SHORT, exclude: ABOUT_THE_PROCESS, isolate: false } },
    ],
  },
});
