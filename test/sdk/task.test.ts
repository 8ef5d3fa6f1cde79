import { expect, it } from "vitest";
import { z } from "zod";
import {
  AlreadyExists,
  BlockNotFound,
  flow,
  getRunContext,
  InputTypeConflict,
  InputValidationError,
  JsonBlock,
  NotFound,
  RunInput,
  receiveInput,
  runDeployment,
  sendInput,
  serve,
  task,
} from "../../sdk/index.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);

it("a task is tried again as often as it says, and outside a run it is simply called", async () => {
  let tries = 0;
  const flaky = task({ name: "flaky", retries: 2, retryDelaySeconds: 0.01 }, (ok: number) => {
    tries += 1;
    if (tries < ok) throw new Error(`try ${tries}`);
    return tries;
  });
  expect(await flow("flaky", () => flaky(3))()).toBe(3);
  tries = 0;
  await expect(flaky(9)).rejects.toThrow("try 3");
});

it("a task that takes too long fails with its limit", async () => {
  const slow = task(
    { name: "slow", timeoutSeconds: 0.05 },
    () => new Promise((resolve) => setTimeout(resolve, 500)),
  );
  await expect(flow("slow-task", () => slow())()).rejects.toThrow(
    "task slow ran for longer than its timeoutSeconds of 0.05 s",
  );
});

it("parameters are checked before a run begins", async () => {
  const takes = flow(
    { name: "takes", parameters: z.object({ n: z.coerce.number<number>().min(1).default(4) }) },
    ({ n }) => n,
  );
  expect(await takes()).toBe(4);
  const error = await takes({ n: 0 }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(InputValidationError);
  expect(error.issues[0].path).toEqual(["n"]);
  expect(await person.runsOf("takes")).toHaveLength(1);
});

it("a JSON block is saved under a name once, or over what is there", async () => {
  await expect(JsonBlock.load("seen")).rejects.toThrow(BlockNotFound);
  const block = new JsonBlock<string[]>(["a"]);
  await block.save("seen");
  await expect(block.save("seen")).rejects.toThrow(AlreadyExists);
  block.value.push("b");
  await block.save("seen", { overwrite: true });
  expect((await JsonBlock.load<string[]>("seen")).value).toEqual(["a", "b"]);
  await expect(new JsonBlock(new Date()).save("date")).rejects.toThrow(InputValidationError);
});

it("a deployment that is not there, or a wait of negative length, is refused", async () => {
  await expect(runDeployment("nobody/nothing")).rejects.toThrow(NotFound);
  await expect(runDeployment("nobody/nothing", { timeout: -1 })).rejects.toThrow(
    /timeout is a number of seconds/,
  );
});

it("options that there are not are refused by name", async () => {
  const bare = flow("bare", () => undefined);
  const options: { name: string } = { name: "d", ...{ crom: "* * * * *" } };
  expect(() => bare.toDeployment(options)).toThrow('there is no option "crom"');
  await expect(bare.serve(options)).rejects.toThrow('there is no option "crom"');
  const wrong: { limit: number } = { limit: 1, ...{ globalLimit: 2 } };
  await expect(serve(bare.toDeployment({ name: "d" }), wrong)).rejects.toThrow(
    'there is no option "globalLimit"',
  );
  await expect(serve(bare.toDeployment({ name: "d" }), { limit: 0 })).rejects.toThrow(
    /limit is a number of runs/,
  );
  expect(() => bare.toDeployment({ name: "a/b" })).toThrow(/may not hold/);
  const dated = flow({ name: "dated", parameters: z.object({ day: z.date() }) }, () => undefined);
  expect(() => dated.toDeployment({ name: "d" })).toThrow(/day/);
});

it("two types of one name and two shapes are refused at first use", async () => {
  const one = class Order extends RunInput(z.object({ a: z.string() })) {};
  const other = class Order extends RunInput(z.object({ a: z.number() })) {};
  await flow("two-shapes", async () => {
    const flowRunId = getRunContext().flowRun.id;
    await sendInput(new one({ a: "x" }), { flowRunId });
    expect(() => receiveInput(other)).toThrow(InputTypeConflict);
  })();
});
