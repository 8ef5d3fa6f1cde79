import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

export default defineConfig({
  // The copy that Node gives to the packages around it: schemas and errors of the other one are strangers to them.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    globalSetup: ["test/support/global-setup.ts"],
    // Files leave nothing behind in their process: what they import is loaded once for all of them.
    isolate: false,
    setupFiles: ["test/support/leave-as-found.ts"],
    pool: "forks",
    // Of three files, one waits for something while two compute.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // What a test waits for gives up first, and says what it waited for (`patience` in test/support/wire.ts).
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
  },
});
