import { expect, it } from "vitest";
import { z } from "zod";
import * as mini from "zod/mini";
import { checkIsInputType } from "../../../core/run-input/check-type.ts";
import { withInitialData } from "../../../core/run-input/initial-data.ts";
import { createRunInput, type RunInputIo } from "../../../core/run-input/run-input-class.ts";

const unused = () => {
  throw new Error("not called");
};
const io: RunInputIo = { respond: unused, sendTo: unused, receive: unused };
class Order extends createRunInput(io)(z.object({ size: z.string() })) {}

it.each<[string, unknown]>([
  ["the function String: write z.string()", String],
  ["the function Date: write z.iso.datetime()", Date],
  ["the function without a name", () => 1],
  ["an instance of Order: give the class itself", new Order({ size: "small" })],
  ["a plain object: write z.object({ … })", { name: "text" }],
  ["one of Zod 3", { _def: { typeName: "ZodString" } }],
  ['the text "string"', "string"],
  ["a list", [z.string()]],
  ["undefined", undefined],
  ["null", null],
])("what is no input type is told what it is: %s", (shown, given) => {
  expect(() => checkIsInputType(given)).toThrow(`an input type is a schema of Zod 4`);
  expect(() => checkIsInputType(given)).toThrow(`not ${shown}`);
});

it("initial data are given to a schema", () => {
  const give = withInitialData as (type: unknown, defaults: unknown) => unknown;
  expect(() => give(String, "x")).toThrow("not the function String: write z.string()");
  expect(() => give(Order, { size: "small" })).toThrow(
    "a class that RunInput made has a method of that name",
  );
});

it.each<[string, unknown]>([
  ["a schema", z.string()],
  ["one of zod/mini", mini.string()],
  ["a class", Order],
  ["a class with initial data", Order.withInitialData({ size: "small" })],
])("%s is one", (_, given) => {
  expect(() => checkIsInputType(given)).not.toThrow();
});
