import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

// The copy that Node gives to the packages around it: schemas and errors of the other one are strangers to them.
const resolve = { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] };

const each = {
  setupFiles: ["test/support/leave-as-found.ts"],
  // What a test waits for gives up first, and says what it waited for (`patience` in test/support/wire.ts).
  testTimeout: 180_000,
  hookTimeout: 180_000,
};

const ofOneProgram = "test/sdk/*.test.ts";

export default defineConfig({
  test: {
    globalSetup: ["test/support/global-setup.ts"],
    // Of three files, one waits for something while two compute.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    teardownTimeout: 60_000,
    projects: [
      {
        resolve,
        // Files leave nothing behind in their process: what they import is loaded once for all of them.
        test: {
          ...each,
          name: "together",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: [ofOneProgram],
          isolate: false,
        },
      },
      {
        resolve,
        // To the SDK its process is one program, in which a name is that of one type of inputs.
        test: { ...each, name: "alone", include: [ofOneProgram], isolate: true },
      },
    ],
  },
});
