import { expect, it } from "vitest";
import { blockTypes } from "../../core/block/block-types.ts";
import { documentSchema } from "../../core/block/secret-places.ts";
import { slackToken } from "../../core/block/slack-token.ts";
import { compileCheck } from "../../core/json-schema/check-value.ts";
import { hasSecrets, withTakenAway } from "../../web/app/blocks/secrets.ts";
import { typedValue, typingOf } from "../../web/app/variables/typed-value.ts";
import { severalLines } from "../../web/form/model/several-lines.ts";

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

it("a field of several lines is for text that may have them", () => {
  const long = { type: "string", maxLength: 1000 };
  expect(severalLines(long, "")).toBe(true);
  expect(severalLines({ ...long, format: "line" }, "")).toBe(false);
  expect(severalLines({ ...long, format: "line" }, "a\nb")).toBe(true);
  expect(severalLines({ type: "string" }, "")).toBe(false);
  const texts = blockTypes.flatMap((type) =>
    Object.values(documentSchema(type).properties ?? {}).filter(
      (schema) => schema.type === "string" && schema.format !== "password",
    ),
  );
  expect(texts.length).toBeGreaterThan(10);
  expect(texts.filter((schema) => severalLines(schema, ""))).toEqual([]);
  const check = compileCheck(documentSchema(slackToken));
  expect(check({ token: "t", channel: "a\nb" })).toMatchObject({
    issues: [{ path: ["channel"], message: expect.stringContaining("must be a valid line of text") }],
  });
});

it("a variable's value is typed as text, or as JSON", () => {
  for (const value of ["", "12", 12, true, null, [1], { a: "b" }]) {
    const { typing, typed } = typingOf(value);
    expect(typedValue(typing, typed)).toEqual({ value });
  }
  expect(typedValue("json", "ops")).toHaveProperty("problem");
});
