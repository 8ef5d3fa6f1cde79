import { expect, it } from "vitest";
import { z } from "zod";
import { flow, InputValidationError, pauseFlowRun, RunInput } from "../../sdk/index.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);

const colours = ["red", "green"] as const;
class Shirt extends RunInput(
  z
    .object({ size: z.enum(["small", "large"]), color: z.enum(colours) })
    .refine((shirt) => !(shirt.size === "small" && shirt.color === "green"), "no small green"),
) {}
const bad = { size: "small", color: "green" };
const good = { size: "large", color: "green" };

function orders(name: string, validate: "before" | "after", turns: string[]) {
  return flow(name, async () => {
    for (;;) {
      turns.push("asked");
      try {
        return { ...(await pauseFlowRun({ waitForInput: Shirt, validate })) };
      } catch (error) {
        if (!(error instanceof InputValidationError)) throw error;
        turns.push(error.issues.map((issue) => issue.message).join());
      }
    }
  });
}

it("inputs 41: mode after: a refused pair is asked again under a new key, and the run finishes on the good answer", async () => {
  const turns: string[] = [];
  const running = orders("orders-after", "after", turns)();
  const run = await person.runIn("orders-after", "Paused");
  expect((await person.resume(run.id, bad)).__typename).toBe("FlowRun");
  await person.untilAsked(run.id, "paused-2");
  await person.resume(run.id, good);
  expect(await running).toEqual(good);
  expect(turns).toEqual(["asked", "no small green", "asked"]);
  const seen = await person.until(run.id, "Completed");
  expect(seen.inputs.nodes.map((input) => [input.key, input.status])).toEqual([
    ["paused-1-response", "INVALID"],
    ["paused-2-response", "DELIVERED"],
  ]);
});

it("inputs 41: mode before: a live process refuses with its own words, the run still waits, the loop body ran once", async () => {
  const turns: string[] = [];
  const running = orders("orders-before", "before", turns)();
  const run = await person.runIn("orders-before", "Paused");
  expect(run.awaitedInput?.liveValidation).toBe(true);
  expect(await person.resume(run.id, bad)).toMatchObject({
    __typename: "InvalidInputError",
    issues: [{ path: [], message: "no small green" }],
  });
  expect((await person.read(run.id)).awaitedInput?.key).toBe("paused-1");
  await person.resume(run.id, good);
  expect(await running).toEqual(good);
  expect(turns).toEqual(["asked"]);
});

it("a validator that throws is a refusal with its message, and an error line of the run", async () => {
  const Fragile = z.number().refine((number) => {
    if (number === 0) throw new Error("no zero, please");
    return true;
  });
  const asks = flow("fragile", async () => pauseFlowRun({ waitForInput: Fragile }));
  const running = asks();
  const run = await person.runIn("fragile", "Paused");
  expect(await person.resume(run.id, 0)).toMatchObject({
    issues: [{ path: ["value"], message: "the validator failed: no zero, please" }],
  });
  await person.resume(run.id, 1);
  expect(await running).toBe(1);
  const { logs } = await person.read(run.id);
  expect(logs.nodes.filter((line) => line.level === 40).map((line) => line.message.split("\n")[0])).toEqual([
    "the validator of a question failed: Error: no zero, please",
  ]);
});

it("an explicit key that was refused after acceptance asks again under the same key", async () => {
  const asks = flow("explicit-after", async () => {
    for (let turn = 1; ; turn++) {
      try {
        return [turn, await pauseFlowRun({ key: "shirt", waitForInput: Shirt, validate: "after" })];
      } catch (error) {
        if (!(error instanceof InputValidationError)) throw error;
      }
    }
  });
  const running = asks();
  const run = await person.runIn("explicit-after", "Paused");
  await person.resume(run.id, bad);
  const again = await person.untilAsked(run.id, "paused-shirt--2");
  expect(again.awaitedInput?.refusedAnswer).toEqual(bad);
  await person.resume(run.id, good);
  expect(await running).toEqual([2, expect.objectContaining(good)]);
});
