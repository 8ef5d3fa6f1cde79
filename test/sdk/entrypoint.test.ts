import path from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { flow, getRunContext, RunCancelled, receiveInput, sendInput, serve } from "../../sdk/index.ts";
import { until } from "../support/wire.ts";
import { hello } from "./flows/exported.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);

it("a host that cannot be run again serves a flow by its entry point, until its signal", async () => {
  const stop = new AbortController();
  const entrypoint = `${path.join(import.meta.dirname, "flows/exported.ts")}:hello`;
  const serving = hello.serve({ name: "here", limit: 1, entrypoint, signal: stop.signal });
  await until(
    "it is served",
    async () => (await person.run("hello/here", { name: "you" })).__typename === "FlowRun",
  );
  const run = await person.runIn("hello", "Paused");
  await person.resume(run.id, "Hello");
  await person.until(run.id, "Completed");
  const refused = await person.run("hello/here", { name: 5 });
  expect(refused).toMatchObject({
    __typename: "InvalidInputError",
    issues: [{ path: ["parameters", "name"] }],
  });
  const waiting = await person.run("hello/here", { name: "them" });
  await person.until(waiting.id ?? "", "Paused");
  stop.abort();
  await serving;
  expect((await person.read(waiting.id ?? "")).state.name).toBe("Suspended");
});

it("serving nothing, or the same twice, is refused", async () => {
  await expect(serve()).rejects.toThrow(/nothing to serve/);
  const twice = hello.toDeployment({ name: "d" });
  await expect(serve(twice, twice)).rejects.toThrow("hello/d is given twice");
});

it("what a run was handed last is finished with when the run completes", async () => {
  const id = await flow("completes", async () => {
    const flowRunId = getRunContext().flowRun.id;
    for (const number of [1, 2]) await sendInput(number, { flowRunId });
    expect(await receiveInput(z.number(), { cursor: "last" }).next()).toBe(1);
    return flowRunId;
  })();
  const outside = receiveInput(z.number(), { flowRunId: id, cursor: "last", timeout: 20 });
  expect(await outside.next()).toBe(2);
  await outside.close();
});

it("a subflow of a cancelled run is cancelled with it", async () => {
  const inner = flow("cancelled-inner", async () => receiveInput(z.string(), { timeout: null }).next());
  const outer = flow("cancelled-outer", async () => inner());
  const running = outer();
  const child = await person.runIn("cancelled-inner", "Running");
  const parent = await person.runIn("cancelled-outer", "Running");
  await person.cancel(parent.id);
  await expect(running).rejects.toThrow(RunCancelled);
  await person.until(parent.id, "Cancelled");
  await person.until(child.id, "Cancelled");
});
