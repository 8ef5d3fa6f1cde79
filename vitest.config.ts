import { defineConfig } from "vitest/config";

/** Their files leave nothing behind in their process: what they import is loaded once for all of them. */
const together = ["test/{contract,core,conformance,server,wire}/**/*.test.ts", "test/web/*.test.{ts,tsx}"];

export default defineConfig({
  // The copy that Node gives to the packages around it: schemas and errors of the other one are strangers to them.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    globalSetup: ["test/support/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    // What a test waits for gives up first, and says what it waited for (`patience` in test/support/wire.ts).
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "together", include: together, isolate: false } },
      { extends: true, test: { name: "apart", include: ["test/**/*.test.{ts,tsx}"], exclude: together } },
    ],
  },
});
