import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/compiled-library.ts"],
    // Some tests install the packed tarball or start real servers; nothing here waits for a clock.
    testTimeout: 180_000,
    hookTimeout: 400_000,
    globals: false,
    // Vitest leaves a core to itself; most of these tests wait for a process or a socket, so that it is not needed.
    maxWorkers: "100%",
  },
});
