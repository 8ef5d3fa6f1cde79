import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import type { InputMetadata, InputOf } from "../../../core/run-input/contract.ts";
import { InputValidationError, UnsuitableInputType } from "../../../core/run-input/errors.ts";
import { describeInputType } from "../../../core/run-input/input-type.ts";
import { readAnswer, readMessage, toStored } from "../../../core/run-input/read-input.ts";
import { isRunInputClass, metadataOf, runInputClassOf } from "../../../core/run-input/run-input-brand.ts";
import { createRunInput, type RunInputIo } from "../../../core/run-input/run-input-class.ts";

const calls: unknown[][] = [];
const io: RunInputIo = {
  respond: async (...given) => called("respond", given),
  sendTo: async (...given) => called("sendTo", given),
  receive: (...given) => called("receive", given),
};
function called(name: string, given: unknown[]): never {
  calls.push([name, ...given]);
  return undefined as never;
}
const RunInput = createRunInput(io);

class ShirtOrder extends RunInput(
  z.object({ size: z.enum(["small", "large"]), color: z.string().default("red") }),
) {
  get label(): string {
    return `${this.size} ${this.color}`;
  }
}
const metadata: InputMetadata = {
  key: "paused-1-response",
  sender: null,
  receiver: "run-1",
  inputType: "ShirtOrder",
  createdAt: new Date(0),
  seq: 1,
  submittedBy: null,
};

describe("instances", () => {
  it("are checked when they are made, and have the fields of the output and the members of the class", () => {
    const order = new ShirtOrder({ size: "large" });
    expect(order).toMatchObject({ size: "large", color: "red", label: "large red" });
    expect(JSON.stringify(order)).toBe('{"size":"large","color":"red"}');
    expectTypeOf(order.size).toEqualTypeOf<"small" | "large">();
    expectTypeOf<InputOf<typeof ShirtOrder>>().toEqualTypeOf<ShirtOrder>();
    expect(() => new ShirtOrder({ size: "huge" as "large" })).toThrow(InputValidationError);
    expect(() => new ShirtOrder({ size: "huge" as "large" })).toThrow(/ShirtOrder was refused: size: /);
  });

  it("have read-only fields", () => {
    const order = new ShirtOrder({ size: "large" });
    expect(() => Object.assign(order, { size: "small" })).toThrow(TypeError);
    expect(order.size).toBe("large");
  });

  it("have metadata only where they were received", () => {
    const order = new ShirtOrder({ size: "large" });
    expect(metadataOf(order)).toBeNull();
    expect(() => order.metadata).toThrow(/not received/);
  });

  it("know their class", () => {
    expect(runInputClassOf(new ShirtOrder({ size: "large" }))).toBe(ShirtOrder);
    expect([
      runInputClassOf({}),
      runInputClassOf(null),
      isRunInputClass(class {}),
      isRunInputClass(ShirtOrder),
    ]).toEqual([null, null, false, true]);
  });

  it("hand what needs a connection to it", async () => {
    calls.length = 0;
    const order = new ShirtOrder({ size: "large" });
    await order.sendTo("run-2", { sender: "me" });
    await order.respond("ok", { keyPrefix: "x" });
    ShirtOrder.receive({ timeout: 1 });
    expect(calls).toEqual([
      ["sendTo", order, "run-2", { sender: "me" }],
      ["respond", order, "ok", { keyPrefix: "x" }],
      ["receive", ShirtOrder, { timeout: 1 }],
    ]);
  });

  it("of a class with an asynchronous refinement cannot be made with new, and says why", () => {
    class Slow extends RunInput(z.object({ a: z.string().refine(async () => true) })) {}
    expect(() => new Slow({ a: "x" })).toThrow(/Slow has an asynchronous refinement/);
  });
});

describe("definitions", () => {
  it.each(["metadata", "respond", "sendTo"])("refuse a field named %s", (name) => {
    expect(() => RunInput(z.object({ [name]: z.string() }))).toThrow(UnsuitableInputType);
    expect(() => RunInput(z.object({ [name]: z.string() }))).toThrow(JSON.stringify(name));
  });

  it("refuse everything but a z.object", () => {
    const union = z.discriminatedUnion("k", [z.object({ k: z.literal(1) }), z.object({ k: z.literal(2) })]);
    expect(() => RunInput(union as never)).toThrow(/takes a z\.object/);
    expect(() => RunInput(ShirtOrder as never)).toThrow(/extend the class/);
  });
});

describe("names", () => {
  it("are those of the class, else of the schema", () => {
    expect(describeInputType(ShirtOrder)).toMatchObject({
      inputType: "ShirtOrder",
      named: true,
      wrapped: false,
    });
    class Again extends ShirtOrder {}
    expect(describeInputType(Again).inputType).toBe("Again");
    const Unnamed = RunInput(z.object({ a: z.string() }));
    expect(describeInputType(Unnamed)).toMatchObject({
      inputType: describeInputType(z.object({ a: z.string() })).inputType,
    });
    expect(describeInputType(class extends Unnamed {}).named).toBe(false);
    expect(describeInputType(RunInput(z.object({ a: z.string() }).meta({ id: "ClassById" }))).inputType).toBe(
      "ClassById",
    );
  });

  it("stay when the class is given initial data", () => {
    const made = ShirtOrder.withInitialData({ size: "small" }, { description: "**Which?**" });
    expect(describeInputType(made)).toMatchObject({
      inputType: "ShirtOrder",
      description: "**Which?**",
      questionSchema: { properties: { size: { default: "small" } } },
      shape: describeInputType(ShirtOrder).shape,
      schemaDigest: describeInputType(ShirtOrder).schemaDigest,
    });
    expect(made.name).toBe("ShirtOrder");
    expect(made).not.toBe(ShirtOrder);
    expect(ShirtOrder.schema.safeParse({}).success).toBe(false);
    const order = new made({} as never);
    expect(order).toBeInstanceOf(ShirtOrder);
    expect(order.label).toBe("small red");
    class Own extends made {}
    expect(describeInputType(Own).inputType).toBe("Own");
    const Unnamed = RunInput(z.object({ a: z.string() }));
    expect(describeInputType(Unnamed.withInitialData({ a: "x" })).inputType).toBe(
      describeInputType(Unnamed).inputType,
    );
    expect(new (made.withInitialData({ size: "large", color: "blue" }))({} as never).label).toBe(
      "large blue",
    );
    expect(() => ShirtOrder.withInitialData({ siz: "small" } as object)).toThrow(/"siz" is no field/);
  });
});

describe("the stored form", () => {
  it("inputs 6: a stored answer is loaded as an instance with its metadata", async () => {
    const read = await readAnswer(ShirtOrder, { size: "small", color: "red" }, metadata);
    expect(read.ok && read.value).toBeInstanceOf(ShirtOrder);
    expect(read.ok && (read.value as ShirtOrder).metadata).toEqual(metadata);
    expect(read.ok && (read.value as ShirtOrder).label).toBe("small red");
  });

  it("inputs 7: a stored text for a boolean is refused, naming the field", async () => {
    const read = await readAnswer(z.object({ human: z.boolean() }), { human: "123" });
    expect(read).toMatchObject({ ok: false, issues: [{ path: ["human"] }] });
  });

  it("is parsed once", async () => {
    let parses = 0;
    const count = (text: string): string => {
      parses += 1;
      return `${parses}${text}`;
    };
    class Counted extends RunInput(z.object({ a: z.string().transform(count) })) {}
    const read = await readMessage(Counted, { a: "x" });
    expect(read.ok && (read.value as Counted).a).toBe("1x");
    expect(parses).toBe(1);
  });

  it("is parsed asynchronously", async () => {
    class Slow extends RunInput(
      z.object({ a: z.string().refine(async (text) => text === "x", "must be x") }),
    ) {}
    expect(await readMessage(Slow, { a: "x" })).toMatchObject({ ok: true, value: { a: "x" } });
    expect(await readMessage(Slow, { a: "y" })).toMatchObject({
      ok: false,
      issues: [{ path: ["a"], message: "must be x" }],
    });
    expect(await toStored(Slow, { a: "x" })).toEqual({ a: "x" });
    await expect(toStored(Slow, { a: "y" })).rejects.toThrow(/must be x/);
  });

  it("of an instance is the input side, what new was given", async () => {
    class Dated extends RunInput(z.object({ at: z.iso.datetime().transform((text) => new Date(text)) })) {}
    const sent = new Dated({ at: "2026-01-01T00:00:00Z" });
    expect(sent.at).toEqual(new Date("2026-01-01T00:00:00Z"));
    expect(await toStored(Dated, sent)).toEqual({ at: "2026-01-01T00:00:00Z" });
    const read = await readMessage(Dated, { at: "2026-01-01T00:00:00Z" });
    expect(read.ok && (await toStored(Dated, read.value))).toEqual({ at: "2026-01-01T00:00:00Z" });
  });

  it("may be made and read by hooks of the class", async () => {
    const rot = (text: string): string => Array.from(text).reverse().join("");
    class Hidden extends RunInput(z.object({ text: z.string() })) {
      static override store(instance: { text: string }): unknown {
        return { text: rot(instance.text) };
      }
      static override restore(stored: unknown): { text: string } {
        return { text: rot(z.object({ text: z.string() }).parse(stored).text) };
      }
    }
    expect(await toStored(Hidden, new Hidden({ text: "abc" }))).toEqual({ text: "cba" });
    expect(await toStored(Hidden, { text: "abc" })).toEqual({ text: "cba" });
    expect(await readMessage(Hidden, { text: "cba" })).toMatchObject({ ok: true, value: { text: "abc" } });
    expect(await readMessage(Hidden.withInitialData({ text: "x" }), { text: "cba" })).toMatchObject({
      value: { text: "abc" },
    });
    expect(await readMessage(Hidden, 5)).toMatchObject({
      ok: false,
      issues: [{ message: /the validator failed/ }],
    });
  });

  it("inputs 63: a plain value of a plain schema is stored as it is and read as that", async () => {
    const schema = z.object({ name: z.string() });
    const stored = await toStored(schema, { name: "a" });
    expect(stored).toEqual({ name: "a" });
    expect(await readMessage(schema, stored)).toEqual({ ok: true, value: { name: "a" } });
    expect(await toStored(z.array(z.string()), ["a"])).toEqual(["a"]);
    expect(await toStored(z.null(), null)).toBeNull();
  });

  it("must be JSON", async () => {
    await expect(toStored(z.any(), { a: new Date(0) })).rejects.toThrow(InputValidationError);
    await expect(toStored(z.any(), { a: new Date(0) })).rejects.toThrow(/a: a Date has no place in JSON/);
  });

  it("of what is no object is the bare value of a message and { value } of an answer", async () => {
    expect(await readMessage(z.number(), 42)).toEqual({ ok: true, value: 42 });
    expect(await readAnswer(z.number(), { value: 42 })).toEqual({ ok: true, value: 42 });
    expect(await readMessage(z.number(), "x")).toMatchObject({ issues: [{ path: [] }] });
    expect(await readAnswer(z.number(), { value: "x" })).toMatchObject({ issues: [{ path: ["value"] }] });
    expect(await readAnswer(z.array(z.number()), { value: [1, "x"] })).toMatchObject({
      issues: [{ path: ["value", 1] }],
    });
    expect(await readAnswer(z.string().optional(), {})).toEqual({ ok: true, value: undefined });
  });

  it("whose validator throws is refused with what it threw", async () => {
    const failure = new Error("no network");
    const schema = z.object({ a: z.string() }).refine(() => {
      throw failure;
    });
    expect(await readAnswer(schema, { a: "x" })).toEqual({
      ok: false,
      issues: [{ path: [], message: "the validator failed: no network" }],
      failure,
    });
  });

  it("does not let unknown fields hide members", async () => {
    class Loose extends RunInput(z.looseObject({ a: z.string() })) {}
    expect(await readMessage(Loose, { a: "x", respond: 1 })).toMatchObject({
      ok: false,
      issues: [{ path: ["respond"] }],
    });
    expect(await readMessage(Loose, { a: "x", b: 1 })).toMatchObject({ ok: true, value: { a: "x", b: 1 } });
  });

  it("is read by the constructors of the class", async () => {
    class Counting extends RunInput(z.object({ n: z.number() })) {
      readonly double: number;
      constructor(value: { n: number }) {
        super(value);
        this.double = value.n * 2;
      }
    }
    expect(await readMessage(Counting, { n: 2 }, metadata)).toMatchObject({
      value: { n: 2, double: 4, metadata },
    });
    expect(new Counting({ n: 3 }).double).toBe(6);
  });
});
