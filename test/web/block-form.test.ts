import { expect, it } from "vitest";
import { blockTypes } from "../../core/block/block-types.ts";
import { documentSchema } from "../../core/block/secret-places.ts";
import { hasSecrets, withTakenAway } from "../../web/app/blocks/secrets.ts";
import { typedValue, typingOf } from "../../web/app/variables/typed-value.ts";

it("a secret whose mask is taken away is taken away; one that is left stays", () => {
  const shown = { url: "********", signing_secret: "********", method: "POST", headers: { A: "********" } };
  const changed = { url: "********", method: "PUT", headers: {} };
  expect(withTakenAway(shown, changed)).toEqual({ ...changed, signing_secret: null });
});

it("types say whether they have secrets", () => {
  const secret = blockTypes.filter((type) => hasSecrets(documentSchema(type))).map(({ slug }) => slug);
  expect(secret).toContain("webhook");
  expect(secret).not.toContain("json");
});

it("a variable's value is typed as text, or as JSON", () => {
  for (const value of ["", "12", 12, true, null, [1], { a: "b" }]) {
    const { typing, typed } = typingOf(value);
    expect(typedValue(typing, typed)).toEqual({ value });
  }
  expect(typedValue("json", "ops")).toHaveProperty("problem");
});
