import { expect, it } from "vitest";
import { z } from "zod";
import {
  CannotRespond,
  FlowRunConflict,
  flow,
  InputTimeout,
  InputTypeRequired,
  InputValidationError,
  MissingRunContext,
  NotFound,
  RunInput,
  receiveInput,
  sendInput,
} from "../../sdk/index.ts";
import { until } from "../support/wire.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { collect, inRun } from "./support/in-run.ts";
import { Person } from "./support/person.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);

/** Waits until the server knows of a receiver of this type that listens. */
function listens(flowRunId: string, inputType: string): Promise<void> {
  return until(`a receiver of ${inputType} listens`, async () =>
    (await person.read(flowRunId)).inputChannels.some((one) => one.inputType === inputType && one.listening),
  );
}

it("inputs 54: a number is received as it was sent, with metadata as `.value`", async () => {
  await inRun("numbers", async (flowRunId) => {
    await sendInput(5, { flowRunId });
    expect(await receiveInput(z.number(), { timeout: 0 }).next()).toBe(5);
    const wrapped = await receiveInput(z.number(), { timeout: 0, withMetadata: true }).next();
    expect(wrapped.value).toBe(5);
    expect(wrapped.metadata).toMatchObject({ receiver: flowRunId, inputType: "number" });
    expect(wrapped.metadata.key).toMatch(/^number-auto-/);
    expect(wrapped.metadata.createdAt).toBeInstanceOf(Date);
  });
});

it("inputs 55: a custom sender arrives; a prefix used on one side only is another channel", async () => {
  await inRun("senders", async (flowRunId) => {
    await sendInput("hi", { flowRunId, sender: "sally" });
    const hi = await receiveInput(z.string(), { timeout: 0, withMetadata: true }).next();
    expect(hi.metadata.sender).toBe("sally");
    await sendInput(true, { flowRunId, keyPrefix: "own" });
    await expect(receiveInput(z.boolean(), { timeout: 0.05 }).next()).rejects.toThrow(InputTimeout);
    expect(await receiveInput(z.boolean(), { timeout: 0, keyPrefix: "own" }).next()).toBe(true);
    await sendInput(1, { flowRunId });
    await expect(receiveInput(z.number(), { timeout: 0.05, keyPrefix: "own2" }).next()).rejects.toThrow(
      InputTimeout,
    );
  });
});

it("inputs 56: three tuples are received as tuples, in order", async () => {
  const Pair = z.tuple([z.string(), z.number()]);
  await inRun("tuples", async (flowRunId) => {
    for (const number of [1, 2, 3]) await sendInput(["n", number], { flowRunId, type: Pair });
    expect(await collect(receiveInput(Pair, { timeout: 0 }))).toEqual([
      ["n", 1],
      ["n", 2],
      ["n", 3],
    ]);
    const wrapped = await receiveInput(Pair, { timeout: 0, withMetadata: true }).next();
    expect(wrapped.value).toEqual(["n", 1]);
  });
});

it("inputs 59: a run responds to the run that sent, with another type or a bare value", async () => {
  class Answer extends RunInput(z.object({ text: z.string() })) {}
  const responder = flow("responder", async () => {
    const asked = receiveInput(z.string(), { withMetadata: true });
    const first = await asked.next();
    await first.respond(first.value.length);
    const second = await asked.next();
    await second.respond(new Answer({ text: second.value }));
  });
  const responding = responder();
  const { id: flowRunId } = await person.runIn("responder", "Running");
  await inRun("asker", async () => {
    await sendInput("four", { flowRunId });
    expect(await receiveInput(z.number()).next()).toBe(4);
    await sendInput("text", { flowRunId });
    const answer = await Answer.receive().next();
    expect(answer).toBeInstanceOf(Answer);
    expect(answer.text).toBe("text");
    expect(answer.metadata.sender).toBe(`prefect.flow-run.${flowRunId}`);
  });
  await responding;
});

it("a reply is the answer to the very input that it names", async () => {
  const responder = flow("replier", async () => {
    const asked = receiveInput(z.string(), { withMetadata: true });
    const one = await asked.next();
    const two = await asked.next();
    await two.respond(`re ${two.value}`);
    await one.respond(`re ${one.value}`);
  });
  const responding = responder();
  const { id: flowRunId } = await person.runIn("replier", "Running");
  await inRun("reply-asker", async () => {
    const one = await sendInput("one", { flowRunId });
    const two = await sendInput("two", { flowRunId });
    expect(await Promise.all([one.reply(z.string()), two.reply(z.string())])).toEqual(["re one", "re two"]);
    await expect(one.reply(z.string(), { timeout: 0.05 })).rejects.toThrow(InputTimeout);
  });
  await responding;
  const outside = await inRun("reply-target", async (id) => {
    const sent = await person.send(id, "x");
    return sent.__typename;
  });
  expect(outside).toBe("RunInput");
});

it("inputs 1.4: unknown fields are refused of a message too that came before its receiver", async () => {
  await inRun("early", async (flowRunId) => {
    const Early = z.object({ a: z.string() }).meta({ id: "Early" });
    const Loose = z.looseObject({ a: z.string() }).meta({ id: "Loose" });
    for (const inputType of ["Early", "Loose"]) await person.send(flowRunId, { a: "x", b: 1 }, { inputType });
    const refusal = await receiveInput(Early, { timeout: 0 })
      .next()
      .catch((error) => error);
    expect(refusal).toBeInstanceOf(InputValidationError);
    expect(refusal.issues).toMatchObject([{ path: ["b"] }]);
    expect(await receiveInput(Loose, { timeout: 0 }).next()).toEqual({ a: "x", b: 1 });
  });
});

it("everybody who waits for one reply gets it, and one to a channel of its own is waited for there", async () => {
  const responder = flow("replies-once", async () => {
    const asked = await receiveInput(z.string(), { withMetadata: true }).next();
    await asked.respond(7);
    await asked.respond(8, { keyPrefix: "eights" });
  });
  const responding = responder();
  const { id: flowRunId } = await person.runIn("replies-once", "Running");
  await inRun("asks-twice", async () => {
    const sent = await sendInput("how many?", { flowRunId });
    const waits = [
      sent.reply(z.number()),
      sent.reply(z.number(), { timeout: 0.001 }),
      sent.reply(z.number()),
    ];
    const [first, , last] = await Promise.allSettled(waits);
    expect([first, last]).toMatchObject([{ value: 7 }, { value: 7 }]);
    expect(await sent.reply(z.number(), { keyPrefix: "eights" })).toBe(8);
  });
  await responding;
});

it("inputs 60: of an input that no run sent there is nobody to respond to", async () => {
  await inRun("nobody", async (flowRunId) => {
    await person.send(flowRunId, "from outside");
    await person.send(flowRunId, "named", { sender: "sally" });
    const inputs = receiveInput(z.string(), { withMetadata: true, timeout: 20 });
    await expect((await inputs.next()).respond("hello")).rejects.toThrow(CannotRespond);
    await expect((await inputs.next()).respond("hello")).rejects.toThrow(CannotRespond);
  });
});

it("inputs 62: a string is nothing to a receiver of Greeter, and is delivered to a receiver of strings", async () => {
  class Greeter extends RunInput(z.object({ value: z.string() })) {}
  await inRun("mismatch", async (flowRunId) => {
    const greeters = receiveInput(Greeter, { timeout: 0.1 });
    await expect(greeters.next()).rejects.toThrow(InputTimeout);
    const sent = await sendInput("hello", { flowRunId });
    expect(sent.listening).toBe(false);
    await expect(greeters.next()).rejects.toThrow(InputTimeout);
    await listens(flowRunId, "Greeter");
    const { inputChannels } = await person.read(flowRunId);
    expect(inputChannels).toEqual(
      expect.arrayContaining([
        { inputType: "Greeter", keyPrefix: null, listening: true, pending: 0 },
        { inputType: "string", keyPrefix: null, listening: false, pending: 1 },
      ]),
    );
    expect(await receiveInput(z.string()).next()).toBe("hello");
  });
});

it("inputs 63: a plain object is delivered to a receiver of its schema, with its metadata on it", async () => {
  const Order = z.object({ item: z.string(), count: z.number() });
  const sameOrder = z.object({ count: z.number(), item: z.string() });
  await inRun("plain", async (flowRunId) => {
    await sendInput({ item: "hat", count: 1 }, { flowRunId, type: Order });
    const order = await receiveInput(sameOrder, { timeout: 20, withMetadata: true }).next();
    expect({ ...order }).toEqual({ item: "hat", count: 1 });
    expect(Object.keys(order)).toEqual(["count", "item"]);
    expect(order.metadata.sender).toBe(`prefect.flow-run.${flowRunId}`);
  });
});

it("a refused input comes out of next() with what it was, is INVALID, and is passed over", async () => {
  const Small = z
    .object({ n: z.number() })
    .refine(({ n }) => n < 10, "too large")
    .meta({ id: "Small" });
  const Any = z.object({ n: z.number() }).meta({ id: "Small" });
  await inRun("refused", async (flowRunId) => {
    const sent = await sendInput({ n: 11 }, { flowRunId, type: Any });
    await sendInput({ n: 1 }, { flowRunId, type: Any });
    const receiver = receiveInput(Small, { timeout: 20 });
    const error = await receiver.next().catch((thrown) => thrown);
    expect(error).toBeInstanceOf(InputValidationError);
    expect(error.input).toMatchObject({ key: sent.key, value: { n: 11 } });
    expect(error.issues[0].message).toBe("too large");
    expect(await receiver.next()).toEqual({ n: 1 });
    await until("both are reported", async () => {
      const { inputs } = await person.read(flowRunId);
      return inputs.nodes.map((input) => input.status).join() === "INVALID,DELIVERED";
    });
  });
});

it("sendInput refuses what the run's receiver would refuse, and what has no type", async () => {
  const Order = z.object({ item: z.string() }).meta({ id: "Order" });
  await inRun("checked", async (flowRunId) => {
    const receiver = receiveInput(Order, { timeout: 0.05 });
    await expect(receiver.next()).rejects.toThrow(InputTimeout);
    await listens(flowRunId, "Order");
    const LooseOrder = z.object({ item: z.number() }).meta({ id: "LooseOrder" });
    const error = await person.send(flowRunId, { item: 1 }, { inputType: "Order" });
    expect(error).toMatchObject({ __typename: "InvalidInputError", issues: [{ path: ["item"] }] });
    await expect(sendInput({ item: 1 }, { flowRunId })).rejects.toThrow(InputTypeRequired);
    expect((await sendInput({ item: 1 }, { flowRunId, type: LooseOrder })).listening).toBe(false);
    const refused = await sendInput({ item: 1 }, { flowRunId, type: Order }).catch((thrown) => thrown);
    expect(refused).toBeInstanceOf(InputValidationError);
    expect((await sendInput({ item: "hat" }, { flowRunId, type: Order })).listening).toBe(true);
  });
});

it("sending to a run that has ended, or to none, is an error that says so", async () => {
  const id = await inRun("ended", async (flowRunId) => flowRunId);
  const conflict = await sendInput("late", { flowRunId: id }).catch((thrown) => thrown);
  expect(conflict).toBeInstanceOf(FlowRunConflict);
  expect(conflict.code).toBe("FINISHED");
  await expect(sendInput("x", { flowRunId: crypto.randomUUID() })).rejects.toThrow(NotFound);
  expect(() => receiveInput(z.string())).toThrow(MissingRunContext);
});

it("inputs 15: channels named by a prefix are exactly that prefix", async () => {
  await inRun("prefixes", async (flowRunId) => {
    for (const keyPrefix of ["order", "orders", "a%"]) await sendInput(keyPrefix, { flowRunId, keyPrefix });
    expect(await collect(receiveInput(z.string(), { keyPrefix: "order", timeout: 0 }))).toEqual(["order"]);
    expect(await collect(receiveInput(z.string(), { keyPrefix: "a%", timeout: 0 }))).toEqual(["a%"]);
    expect(await collect(receiveInput(z.string(), { keyPrefix: "o%", timeout: 0 }))).toEqual([]);
    expect(await collect(receiveInput(z.string(), { timeout: 0 }))).toEqual([]);
  });
});

it("inputs 16: the shape is the channel: order of fields is not, the type of items is", async () => {
  await inRun("shapes", async (flowRunId) => {
    const ab = z.object({ a: z.string(), b: z.number() });
    const ba = z.object({ b: z.number(), a: z.string() });
    await sendInput({ a: "x", b: 1 }, { flowRunId, type: ab });
    expect(await receiveInput(ba, { timeout: 0 }).next()).toEqual({ a: "x", b: 1 });
    await sendInput(["x"], { flowRunId, type: z.array(z.string()) });
    expect(await collect(receiveInput(z.array(z.number()), { timeout: 0 }))).toEqual([]);
    expect(await receiveInput(z.array(z.string().min(1)), { timeout: 0 }).next()).toEqual(["x"]);
    expect((await person.read(flowRunId)).inputChannels).toHaveLength(3);
  });
});

it("options that make no sense, and a run that is none, are refused with what they are", async () => {
  const unknown = "0192f0c1-0000-7000-8000-000000000000";
  for (const options of [{}, { consume: "exclusive" }, { cursor: "place" }] as const) {
    await expect(receiveInput(z.string(), { flowRunId: unknown, ...options }).next()).rejects.toThrow(
      NotFound,
    );
  }
  await inRun("senseless", async (flowRunId) => {
    // As code without types may call it.
    const receive = receiveInput as (type: unknown, options?: object) => unknown;
    const send = sendInput as (value: unknown, options?: object) => Promise<unknown>;
    const text = z.string();
    expect(() => receive(text, { timeout: "5" })).toThrow(
      "timeout is a number of seconds, 0 or more, or null, not '5'",
    );
    expect(() => receive(text, { pollInterval: "5" })).toThrow(
      "pollInterval is a number of seconds above 0, not '5'",
    );
    expect(() => receive(text, { excludeKeys: "abc" })).toThrow("excludeKeys is a list of keys, not 'abc'");
    expect(() => receive(text, { excludeKeys: 5 })).toThrow("excludeKeys is a list of keys, not 5");
    expect(() => receive(String)).toThrow("not the function String: write z.string()");
    await expect(send("x")).rejects.toThrow("the flowRunId is the id of a run, not undefined");
    await expect(send("x", { flowRunId: { id: flowRunId } })).rejects.toThrow("not the run: give its id");
  });
});
