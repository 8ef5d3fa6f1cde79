import { expect, it } from "vitest";
import { checkImports } from "../../setup/check-imports.mjs";
import { rulesFor } from "../../setup/import-rules.mjs";

const refused = (file: string, target: string) => rulesFor(file).some((rule) => rule(target) !== undefined);

it.each([
  ["core/flow-run/state.ts", "core/error.ts"],
  ["core/flow-run/state.ts", "zod"],
  ["core/json-schema/check.ts", "ajv/dist/2020.js"],
  ["sdk/client/client.ts", "core/error.ts"],
  ["web/app/page.tsx", "next/link"],
  ["server/main.ts", "server/worker/expire.ts"],
  ["server/graphql/schema.ts", "server/flow-run/graphql.ts"],
  ["server/flow-run/store.ts", "server/db.ts"],
  ["server/flow-run/resume.ts", "server/run-input/input-writer.ts"],
  ["examples/approval.ts", "antiphon"],
])("%s may import %s", (file, target) => {
  expect(refused(file, target)).toBe(false);
});

it.each([
  ["core/flow-run/state.ts", "server/db.ts"],
  ["core/flow-run/state.ts", "node:fs"],
  ["core/flow-run/state.ts", "ajv"],
  ["sdk/client/client.ts", "server/db.ts"],
  ["web/app/page.tsx", "sdk/index.ts"],
  ["web/app/page.tsx", "@prisma/client"],
  ["server/app.ts", "server/worker/expire.ts"],
  ["server/app.ts", "server/main.ts"],
  ["server/app.ts", "sdk/index.ts"],
  ["server/flow-run/resume.ts", "server/flow-run/graphql.ts"],
  ["server/flow-run/resume.ts", "server/transport/http.ts"],
  ["server/flow-run/store.ts", "server/flow-run/resume.ts"],
  ["examples/approval.ts", "sdk/index.ts"],
  ["setup/start.mjs", "zod"],
])("%s may not import %s", (file, target) => {
  expect(refused(file, target)).toBe(true);
});

it("the checkout keeps to the directions", () => {
  expect(checkImports()).toBeUndefined();
});
