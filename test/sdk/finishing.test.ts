import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  AlreadyExists,
  InputTimeout,
  InputValidationError,
  JsonBlock,
  receiveInput,
  sendInput,
} from "../../sdk/index.ts";
import { forgetFinishedInputs } from "../../server/worker/forget-inputs.ts";
import { ask, until } from "../support/wire.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { inRun } from "./support/in-run.ts";
import { Person } from "./support/person.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);

/** How long the run's only channel keeps its inputs. */
async function retentionOf(id: string): Promise<unknown> {
  const query = "query ($id: ID!) { flowRun(id: $id) { inputChannels { retention } } }";
  const { data } = await ask(antiphon.url, query, { id });
  const run = data?.flowRun as { inputChannels: { retention: number | null }[] } | null; // what the query asks for
  return run?.inputChannels[0]?.retention;
}

describe("how long finished inputs are kept", () => {
  it("as long as their receiver says, and no shorter than it needs them", async () => {
    await inRun("keeps", async (flowRunId) => {
      const receiver = receiveInput(z.number(), { cursor: "work", retention: 1, timeout: 20 });
      for (const number of [1, 2]) await sendInput(number, { flowRunId });
      expect([await receiver.next(), await receiver.next()]).toEqual([1, 2]); // 1 is finished with
      await until("the first one is gone", async () => {
        if (antiphon.context) await forgetFinishedInputs(antiphon.context);
        return (await person.read(flowRunId)).inputs.nodes.map(({ value }) => value).join() === "2";
      });
      await receiver.close();
      expect(await receiveInput(z.number(), { cursor: "work", timeout: 20 }).next()).toBe(2);
    });
  });

  it("as was said before where a receiver says nothing; null is as long as the run", async () => {
    await inRun("says", async (flowRunId) => {
      const open = async (retention?: number | null) => {
        const options = { timeout: 0, ...(retention !== undefined && { retention }) };
        await expect(receiveInput(z.number(), options).next()).rejects.toThrow(InputTimeout);
        return flowRunId;
      };
      await until("it is said", async () => (await retentionOf(await open(60))) === 60);
      await open();
      expect(await retentionOf(flowRunId)).toBe(60);
      await until("it is taken back", async () => (await retentionOf(await open(null))) === null);
    });
  });

  it.each([0, -5, 1.5, Number.NaN, 2 ** 31])("%d seconds are no time", async (retention) => {
    await inRun("wrong", async () => {
      expect(() => receiveInput(z.number(), { retention })).toThrow(TypeError);
      expect(() => receiveInput(z.number(), { retention })).toThrow(`not ${retention}`);
    });
  });

  it("is not for others to say", () => {
    const flowRunId = crypto.randomUUID();
    expect(() => receiveInput(z.number(), { flowRunId, retention: 5 })).toThrow("its own code");
  });
});

describe("a block that finishes an input", () => {
  it("moves the receiver's place with it", async () => {
    await inRun("places", async (flowRunId) => {
      for (const number of [1, 2]) await sendInput(number, { flowRunId });
      const first = receiveInput(z.number(), { cursor: "sum", timeout: 20 });
      await new JsonBlock(await first.next()).save("place", { finishes: first });
      const second = receiveInput(z.number(), { cursor: "sum", timeout: 20 });
      expect(await second.next()).toBe(2);
      await expect(new JsonBlock(0).save("place", { finishes: second })).rejects.toThrow(AlreadyExists);
      const third = receiveInput(z.number(), { cursor: "sum", timeout: 20 });
      expect(await third.next()).toBe(2);
      await new JsonBlock(3).save("place", { overwrite: true, finishes: third });
      await new JsonBlock(4).save("place", { overwrite: true, finishes: third }); // nothing is left to finish
    });
  });

  it("takes it out of an exclusive channel, or is not stored where another receiver has it", async () => {
    await inRun("exclusive-block", async (flowRunId) => {
      await sendInput("a", { flowRunId });
      await sendInput("b", { flowRunId });
      const one = receiveInput(z.string(), { consume: "exclusive", timeout: 20 });
      await new JsonBlock(await one.next()).save("taken", { finishes: one });
      const statuses = async () =>
        (await person.read(flowRunId)).inputs.nodes.map(({ status }) => status).join();
      expect(await statuses()).toBe("DELIVERED,PENDING");
      expect(await one.next()).toBe("b");
      await antiphon.context?.prisma.runInput.updateMany({ data: { claimedUntil: new Date(0) } });
      const two = receiveInput(z.string(), { consume: "exclusive", timeout: 20 });
      expect(await two.next()).toBe("b");
      const late = new JsonBlock("b").save("lost", { finishes: one });
      await expect(late).rejects.toThrow(InputValidationError);
      await expect(JsonBlock.load("lost")).rejects.toThrow("no JSON block");
      await new JsonBlock("b").save("lost", { finishes: two });
      expect(await statuses()).toBe("DELIVERED,DELIVERED");
    });
  });

  it("is refused where nothing keeps the receiver's place, and for what is no receiver", async () => {
    await inRun("placeless", async (flowRunId) => {
      await sendInput(1, { flowRunId });
      const receiver = receiveInput(z.number(), { timeout: 20 });
      await receiver.next();
      const save = (finishes: typeof receiver) => new JsonBlock(1).save("placeless", { finishes });
      await expect(save(receiver)).rejects.toThrow("give it a cursor");
      const stranger = { ...receiver, next: receiver.next } as typeof receiver; // looks like one
      await expect(save(stranger)).rejects.toThrow("that receiveInput() made");
    });
  });
});
