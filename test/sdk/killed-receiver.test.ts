import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { JsonBlock, receiveInput } from "../../sdk/index.ts";
import { until } from "../support/wire.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";
import { Script } from "./support/script.ts";
import { Served } from "./support/served.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);
const served = new Served();
beforeAll(() => served.start(antiphon.url));
afterAll(() => served.close());

/** What was claimed is free again, as it is 30 s after its claim was last renewed. */
async function claimsEnd(): Promise<void> {
  await antiphon.context?.prisma.runInput.updateMany({ data: { claimedUntil: new Date(0) } });
}

it("what a killed run had not finished with comes again when it runs again; what it had saved does not", async () => {
  const { id = "" } = await person.run("tallies/tallies", { block: "tally" });
  for (const number of [1, 2, 3]) await person.send(id, number);
  const holding = await served.noted(id, /took 2/);
  process.kill(Number(holding.split(" ")[0]), "SIGKILL");
  await person.until(id, "Crashed");
  expect((await person.read(id)).inputs.nodes.map(({ status }) => status)).toEqual([
    "DELIVERED",
    "PENDING",
    "PENDING",
  ]);
  expect((await JsonBlock.load("tally")).value).toBe(1);
  await person.retry(id);
  await until("the third one is saved", async () => (await JsonBlock.load("tally")).value === 4);
  await claimsEnd();
  await person.until(id, "Completed");
  expect((await JsonBlock.load("tally")).value).toBe(6);
  expect(served.notes(id).map((line) => line.split(" ").at(-1))).toEqual(["1", "2", "3", "2"]);
  expect((await person.read(id)).inputs.nodes.every(({ status }) => status === "DELIVERED")).toBe(true);
});

it("what a killed receiver outside the run had claimed goes to another one", async () => {
  const { id = "" } = await person.run("waits/waits");
  await served.noted(id, "began");
  await person.send(id, "first");
  await person.send(id, "second");
  const script = new Script("takes.ts", [id], { ANTIPHON_API_URL: antiphon.url });
  await script.says("took second");
  await until("the first one is finished with", async () => {
    const { inputs } = await person.read(id);
    return inputs.nodes[0]?.status === "DELIVERED";
  });
  await script.stop();
  await claimsEnd();
  const other = receiveInput(z.string(), { flowRunId: id, consume: "exclusive", timeout: 30 });
  expect(await other.next()).toBe("second");
  await other.close();
  expect((await person.read(id)).inputs.nodes.map(({ status }) => status)).toEqual(["DELIVERED", "PENDING"]);
  await person.resume(id, "done");
});
