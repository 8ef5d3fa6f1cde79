import { expect, it } from "vitest";
import { z } from "zod";
import { flow, InputTimeout, pauseFlowRun, receiveInput, sendInput } from "../../sdk/index.ts";
import { until } from "../support/wire.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { collect, inRun } from "./support/in-run.ts";
import { Person } from "./support/person.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);

it("inputs 57: a new receiver begins with the first input, and leaves out excluded keys", async () => {
  await inRun("excluded", async (flowRunId) => {
    const keys: string[] = [];
    for (const number of [1, 2, 3]) keys.push((await sendInput(number, { flowRunId })).key);
    expect(await collect(receiveInput(z.number(), { timeout: 0 }))).toEqual([1, 2, 3]);
    await sendInput(4, { flowRunId });
    expect(await collect(receiveInput(z.number(), { timeout: 0 }))).toEqual([1, 2, 3, 4]);
    expect(await collect(receiveInput(z.number(), { timeout: 0, excludeKeys: keys }))).toEqual([4]);
  });
});

it("inputs 58: with nothing stored, a loop ends or throws as asked for, and next() always throws", async () => {
  await inRun("nothing", async () => {
    expect(await collect(receiveInput(z.string(), { timeout: 0 }))).toEqual([]);
    const raising = receiveInput(z.string(), { timeout: 0, raiseTimeoutError: true });
    await expect(collect(raising)).rejects.toThrow(InputTimeout);
    await expect(receiveInput(z.string(), { timeout: 0 }).next()).rejects.toThrow(InputTimeout);
    await expect(receiveInput(z.string(), { timeout: 0.05 }).next()).rejects.toThrow(InputTimeout);
  });
});

it("inputs 61: what was sent before the receiver began is received", async () => {
  await inRun("early", async (flowRunId) => {
    await person.send(flowRunId, "early");
    expect(await receiveInput(z.string()).next()).toBe("early");
  });
});

it("a receiver that is left goes on where it was, and two receivers both get everything", async () => {
  await inRun("left", async (flowRunId) => {
    for (const number of [1, 2, 3]) await sendInput(number, { flowRunId });
    const receiver = receiveInput(z.number(), { timeout: 20 });
    for await (const number of receiver) {
      expect(number).toBe(1);
      break;
    }
    expect(await receiver.next()).toBe(2);
    const other = receiveInput(z.number(), { timeout: 20 });
    expect([await other.next(), await other.next(), await other.next()]).toEqual([1, 2, 3]);
    expect(await receiver.next()).toBe(3);
    await receiver.close();
    expect(await collect(receiver)).toEqual([]);
  });
});

it("a named position is kept by the server: what was not finished with comes again", async () => {
  await inRun("positions", async (flowRunId) => {
    for (const number of [1, 2, 3, 4]) await sendInput(number, { flowRunId });
    const first = receiveInput(z.number(), { cursor: "work", timeout: 20 });
    expect([await first.next(), await first.next()]).toEqual([1, 2]); // 1 is finished with
    await first.close();
    const second = receiveInput(z.number(), { cursor: "work", timeout: 20 });
    expect(await second.next()).toBe(2);
    await second.ack();
    const third = receiveInput(z.number(), { cursor: "work", timeout: 20 });
    expect(await third.next()).toBe(3);
    await third.close();
    const other = receiveInput(z.number(), { cursor: "other", timeout: 20 });
    expect(await other.next()).toBe(1);
  });
});

it("from outside, a receiver with a run's id sees its inputs, changes no status, and may keep a position there", async () => {
  const waiting = flow("watched", async () => pauseFlowRun());
  const running = waiting();
  const { id: flowRunId } = await person.runIn("watched", "Paused");
  await person.send(flowRunId, "a");
  await person.send(flowRunId, "b");
  const first = receiveInput(z.string(), { flowRunId, cursor: "watcher", timeout: 20 });
  expect([await first.next(), await first.next()]).toEqual(["a", "b"]);
  await first.close();
  const second = receiveInput(z.string(), { flowRunId, cursor: "watcher", timeout: 20 });
  expect(await second.next()).toBe("b");
  await second.close();
  expect((await person.read(flowRunId)).inputs.nodes.map((input) => input.status)).toEqual([
    "PENDING",
    "PENDING",
  ]);
  await person.resume(flowRunId);
  await running;
});

it("an exclusive channel gives each input to one receiver", async () => {
  await inRun("exclusive", async (flowRunId) => {
    const one = receiveInput(z.number(), { consume: "exclusive", timeout: 20 });
    const two = receiveInput(z.number(), { consume: "exclusive", timeout: 20 });
    const both = Promise.all([one.next(), two.next()]);
    await sendInput(1, { flowRunId });
    await sendInput(2, { flowRunId });
    expect((await both).toSorted()).toEqual([1, 2]);
    const next = one.next();
    await sendInput(3, { flowRunId });
    expect(await next).toBe(3);
    await one.close(); // 3 was not finished with
    expect(await two.next()).toBe(3);
    await two.ack();
    await until("all are gone", async () =>
      (await person.read(flowRunId)).inputs.nodes.every((input) => input.status === "DELIVERED"),
    );
    await expect(receiveInput(z.number(), { consume: "exclusive", timeout: 0 }).next()).rejects.toThrow(
      InputTimeout,
    );
  });
});

it("what an exclusive receiver excludes is left to others", async () => {
  await inRun("exclusive-excluding", async (flowRunId) => {
    const { key } = await sendInput("a", { flowRunId });
    await sendInput("b", { flowRunId });
    const options = { consume: "exclusive", timeout: 0 } as const;
    expect(await collect(receiveInput(z.string(), { ...options, excludeKeys: [key] }))).toEqual(["b"]);
    expect(await collect(receiveInput(z.string(), options))).toEqual(["a"]);
  });
});

it("many inputs keep their order, and a slow reader does not pile them up", async () => {
  await inRun("many", async (flowRunId) => {
    const receiver = receiveInput(z.number(), { timeout: 20 });
    const all = Array.from({ length: 2_500 }, (_, number) => number);
    const sending = (async () => {
      for (let from = 0; from < all.length; from += 100) {
        await Promise.all(all.slice(from, from + 100).map((number) => sendInput(number, { flowRunId })));
      }
    })();
    await sending;
    const got: number[] = [];
    while (got.length < all.length) got.push(await receiver.next());
    expect(got.toSorted((a, b) => a - b)).toEqual(all);
  });
});
