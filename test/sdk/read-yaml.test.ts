import { expect, it } from "vitest";
import { documentsIn } from "../../sdk/cli/read-yaml.ts";

it("a quote that is missing is named", () => {
  expect(() => documentsIn("x.yaml", 'name: "x')).toThrow(
    /^x\.yaml cannot be read: Missing closing quote " at line 1/,
  );
});
