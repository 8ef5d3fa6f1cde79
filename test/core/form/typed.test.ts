import { describe, expect, it } from "vitest";
import { implied, missing } from "../../../core/form/missing.ts";
import { withTyped } from "../../../core/form/typed-field.ts";
import { readTyped, takes } from "../../../core/form/typed-text.ts";
import type { FormValue } from "../../../core/form/value.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";

const order: JsonSchema = {
  type: "object",
  properties: {
    kind: { const: "order" },
    size: { enum: ["S", "M", 42] },
    count: { type: "integer", default: 1 },
    weight: { type: "number" },
    gift: { type: "boolean" },
    note: { anyOf: [{ type: "string" }, { type: "null" }] },
    amount: { anyOf: [{ type: "string" }, { type: "number" }] },
    tags: { type: "array", items: { type: "string" } },
    colours: { type: "array", items: { enum: ["red", "blue"] } },
    address: { $ref: "#/$defs/Address" },
    "first.name": { type: "string" },
    labels: { type: "object", additionalProperties: { type: "number" } },
    anything: {},
  },
  required: ["kind", "size", "gift", "address"],
  additionalProperties: false,
  $defs: {
    Address: {
      type: "object",
      properties: {
        city: { type: "string" },
        zip: { type: "string" },
        floors: { type: "array", items: { type: "integer" } },
      },
      required: ["city"],
    },
  },
};

function typed(...given: string[]): FormValue {
  return given.reduce<FormValue>((value, one) => {
    const at = one.indexOf("=");
    const next = withTyped(order, value, one.slice(0, at), one.slice(at + 1));
    if (!next.ok) throw new Error(`${next.issue.path.join(".")} ${next.issue.message}`);
    return next.value;
  }, {});
}

describe("what is typed for a field has the type that its schema asks for", () => {
  it.each([
    ["size=M", { size: "M" }],
    ["size=42", { size: 42 }],
    ["count=3", { count: 3 }],
    ["weight=1.5e3", { weight: 1500 }],
    ["gift=yes", { gift: true }],
    ["gift=false", { gift: false }],
    ["note=null", { note: null }],
    ["note=", { note: null }],
    ["note=12", { note: "12" }],
    ["amount=12", { amount: 12 }],
    ['amount="12"', { amount: "12" }],
    ["amount=twelve", { amount: "twelve" }],
    ["tags=[]", { tags: [] }],
    ['tags=["a","b"]', { tags: ["a", "b"] }],
    ["address.city=São Paulo", { address: { city: "São Paulo" } }],
    ["address.zip=007", { address: { zip: "007" } }],
    ["address.floors.0=2", { address: { floors: [2] } }],
    ['address={"city":"Lyon"}', { address: { city: "Lyon" } }],
    ["first.name=Ada", { "first.name": "Ada" }],
    ["labels.x=1", { labels: { x: 1 } }],
    ["anything=plain text", { anything: "plain text" }],
    ['anything={"a":[1]}', { anything: { a: [1] } }],
    ["anything.deep.er=1", { anything: { deep: { er: 1 } } }],
  ])("%s", (given, value) => expect(typed(given)).toEqual(value));

  it("a list grows by what is typed for it again and again", () => {
    expect(typed("tags=a", "tags=b,c", "colours=red", "colours=blue")).toEqual({
      tags: ["a", "b,c"],
      colours: ["red", "blue"],
    });
  });

  it("fields come in the order of the schema, whatever the order of typing", () => {
    expect(Object.keys(typed("gift=no", "count=2", "size=S") as object)).toEqual(["size", "count", "gift"]);
  });

  it.each([
    ["size=XL", "size must be S, M or 42"],
    ["count=1.5", "count must be a whole number"],
    ["count=9007199254740993", "count has more digits than a number keeps"],
    ["gift=maybe", "gift must be true or false"],
    ["colour=red", "colour is no field here; there are kind, size"],
    ["size.x=1", 'size has no field "x": it is no object'],
    ["address.town=x", "address.town is no field here; there are city, zip, floors"],
    ["tags.3=x", "tags.3 is no item here; the next one is 0"],
    ["labels.x=y", "labels.x must be a number"],
    ["address=Lyon", "address is not JSON"],
  ])("%s is refused: %s", (given, says) => expect(() => typed(given)).toThrow(says));
});

it("what can only be one thing need not be typed, and what has a default neither", () => {
  const whole = implied(order, order, undefined);
  expect(whole).toEqual({ kind: "order", address: {} });
  expect(missing(order, order, whole).map(({ path }) => path.join("."))).toEqual([
    "size",
    "gift",
    "address.city",
  ]);
  expect(missing(order, order, typed("size=M", "gift=no", "address.city=Lyon", 'kind="order"'))).toEqual([]);
});

it("what a field takes is told in words", () => {
  const words = (schema: JsonSchema) => takes(order, schema);
  expect(words({ enum: ["S", "M"] })).toBe("one of S, M");
  expect(words({ type: "array", items: { type: "integer" } })).toBe("a list, each a whole number");
  expect(words({ type: ["string", "null"] })).toBe("a text or null");
  expect(words({ $ref: "#/$defs/Address" })).toBe("an object, as JSON");
  expect(readTyped(order, false, "x")).toMatchObject({ ok: false });
});
