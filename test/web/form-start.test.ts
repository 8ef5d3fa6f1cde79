import { describe, expect, it } from "vitest";
import { startOf } from "../../core/form/start.ts";
import { toSend } from "../../core/form/value.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import { checkOf } from "../../web/form/model/check.ts";

const sent = (schema: JsonSchema) => toSend(startOf(schema));
const shirtOf = (properties: JsonSchema & object, required: string[] = []): JsonSchema => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

describe("what an untouched form sends", () => {
  it("inputs 74: a defaulted field that nobody touched is sent with its default", () => {
    const schema = shirtOf({
      size: { enum: ["small", "large"], default: "large" },
      qty: { type: "integer", default: 3 },
      gift: { type: "boolean", default: true },
      colours: { type: "array", items: { enum: ["red", "blue"] }, default: ["blue"] },
    });
    expect(sent(schema)).toEqual({ size: "large", qty: 3, gift: true, colours: ["blue"] });
  });

  it("lets the default of an object stand before the defaults inside it, which fill in what it leaves out", () => {
    const schema = shirtOf({
      address: {
        type: "object",
        default: { city: "Bath" },
        properties: {
          city: { type: "string", default: "London" },
          country: { type: "string", default: "UK" },
        },
      },
    });
    expect(sent(schema)).toEqual({ address: { city: "Bath", country: "UK" } });
  });

  it("leaves an optional field without a default out, however deep its own defaults are", () => {
    expect(
      sent(shirtOf({ address: { type: "object", properties: { city: { default: "London" } } } })),
    ).toEqual({});
  });

  it("sends an empty required text as the empty text where the schema takes it, and asks for it where not", () => {
    const free = shirtOf({ note: { type: "string" } }, ["note"]);
    const filled = shirtOf({ note: { type: "string", minLength: 1 } }, ["note"]);
    expect(sent(free)).toEqual({ note: "" });
    expect(sent(filled)).toEqual({});
    expect(checkOf(filled)(startOf(filled))).toMatchObject([{ path: ["note"] }]);
  });

  it("shows a required yes-or-no as no, a required choice as not made, and a nullable as none", () => {
    const schema = shirtOf(
      { ok: { type: "boolean" }, size: { enum: ["s", "m"] }, nick: { type: ["string", "null"] } },
      ["ok", "size", "nick"],
    );
    expect(sent(schema)).toEqual({ ok: false, nick: null });
  });

  it("starts a union with the first of its forms, its mark included", () => {
    const card = {
      type: "object",
      properties: { kind: { const: "card" }, number: { type: "string" } },
      required: ["kind", "number"],
    };
    const cash = { type: "object", properties: { kind: { const: "cash" } }, required: ["kind"] };
    expect(sent(shirtOf({ pay: { oneOf: [card, cash] } }, ["pay"]))).toEqual({
      pay: { kind: "card", number: "" },
    });
  });

  it("opens a recursive schema only as far as it must", () => {
    const schema: JsonSchema = {
      $ref: "#/$defs/Node",
      $defs: {
        Node: {
          type: "object",
          properties: {
            name: { type: "string" },
            children: { type: "array", items: { $ref: "#/$defs/Node" } },
            next: { $ref: "#/$defs/Node" },
          },
          required: ["name", "children"],
        },
      },
    };
    expect(sent(schema)).toEqual({ name: "", children: [] });
  });

  it("survives a schema that requires itself without end", () => {
    const schema: JsonSchema = { type: "object", properties: { again: { $ref: "#" } }, required: ["again"] };
    expect(() => startOf(schema)).not.toThrow();
  });

  it("fills the fixed places of a tuple and asks for those that it cannot fill", () => {
    const schema = shirtOf(
      {
        pair: {
          type: "array",
          prefixItems: [{ type: "string" }, { type: "number" }],
          items: false,
          minItems: 2,
        },
      },
      ["pair"],
    );
    expect(startOf(schema)).toEqual({ pair: ["", undefined] });
    expect(checkOf(schema)(startOf(schema))).toEqual([{ path: ["pair", "1"], message: "must be given" }]);
  });
});
