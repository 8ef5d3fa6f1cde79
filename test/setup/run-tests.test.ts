import path from "node:path";
import { expect, it } from "vitest";
import { root } from "../../setup/root.mjs";
import { afterSecondTry, readReport } from "../../setup/run-tests.mjs";

const report = (file: string, status: string, tests: string[]) => ({
  name: path.join(root, file),
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

it("counts the tests of each file; what failed outside them counts as one", () => {
  const testResults = [
    report("test/a.test.ts", "failed", ["passed", "failed", "failed", "pending"]),
    report("test/b.test.ts", "passed", ["passed", "skipped", "todo"]),
    report("test/does-not-load.test.ts", "failed", []),
    report("test/does-not-end-well.test.ts", "failed", ["passed"]),
  ];
  expect(Object.fromEntries(readReport(JSON.stringify({ testResults })))).toEqual({
    "test/a.test.ts": { passed: 1, failed: 2, skipped: 1 },
    "test/b.test.ts": { passed: 1, failed: 0, skipped: 2 },
    "test/does-not-load.test.ts": { passed: 0, failed: 1, skipped: 0 },
    "test/does-not-end-well.test.ts": { passed: 1, failed: 1, skipped: 0 },
  });
});

const counts = (passed: number, failed: number) => ({ passed, failed, skipped: 0 });

it("what a second try says holds of the files that failed, and names those that passed then", () => {
  const first = {
    files: new Map([
      ["steady", counts(5, 0)],
      ["now and then", counts(2, 1)],
      ["broken", counts(1, 1)],
      ["never heard of again", counts(0, 1)],
    ]),
    otherFailure: false,
  };
  const second = {
    files: new Map([
      ["now and then", counts(3, 0)],
      ["broken", counts(1, 1)],
    ]),
    otherFailure: false,
  };
  expect(afterSecondTry(first, second)).toEqual({
    files: new Map([
      ["steady", counts(5, 0)],
      ["now and then", counts(3, 0)],
      ["broken", counts(1, 1)],
      ["never heard of again", counts(0, 1)],
    ]),
    otherFailure: false,
    unsteady: ["now and then"],
  });
});

it("a failure that is no file's stays, whatever passes at the second try", () => {
  const failing = { files: new Map([["one", counts(0, 1)]]), otherFailure: true };
  const passing = { files: new Map([["one", counts(1, 0)]]), otherFailure: false };
  expect(afterSecondTry(failing, passing).otherFailure).toBe(true);
  expect(
    afterSecondTry({ ...failing, otherFailure: false }, { ...passing, otherFailure: true }),
  ).toMatchObject({ otherFailure: true });
});
