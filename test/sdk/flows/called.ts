import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { flow, pauseFlowRun, receiveInput } from "../../../sdk/index.ts";

/** Flows that are simply called, by the name given. */
const flows = {
  done: flow("done", () => "done"),
  fails: flow("fails", () => {
    throw new Error("as it was told to");
  }),
  waits: flow("waits-called", () => pauseFlowRun({ waitForInput: z.string() })),
  nests: flow("nests-called", () =>
    flow("nested-called", () => pauseFlowRun({ waitForInput: z.string() }))(),
  ),
  listensToSignal: flow("listens-to-signal", () => {
    process.once("SIGINT", () => console.log("heard it"));
    return pauseFlowRun({ waitForInput: z.string() });
  }),
  sleeps: flow("sleeps-called", () => sleep(60_000)),
  listens: flow("listens-called", async () => {
    receiveInput(z.string());
    return "nobody waits for it";
  }),
};

const name = process.argv[2] as keyof typeof flows; // the test's choice
console.log("result", await flows[name]());
