import { flow, getRunContext, pauseFlowRun, receiveInput } from "../../sdk/index.ts";
import { onCall } from "../fan-out/process.ts";
import { now } from "./clock.ts";
import { Sent } from "./sent.ts";

let latencies: number[] = [];
process.stdout.write = () => true; // what flows say of themselves is not what is measured

/** Begins a flow that goes on for ever; resolves with its run's id. */
function begin(name: string, code: () => Promise<never>): Promise<string> {
  return new Promise((resolve, reject) => {
    const run = flow(name, () => {
      resolve(getRunContext().flowRun.id);
      return code();
    });
    run().catch(reject);
  });
}

onCall({
  receive(url: string) {
    process.env.ANTIPHON_API_URL = url;
    return begin("bench-receiver", async () => {
      const receiver = receiveInput(Sent, { timeout: null });
      for (;;) {
        const { sentAt } = await receiver.next();
        latencies.push(now() - sentAt);
      }
    });
  },
  hold(url: string) {
    process.env.ANTIPHON_API_URL = url;
    return begin("bench-holder", async () => {
      for (;;) {
        const { sentAt } = await pauseFlowRun({ waitForInput: Sent });
        latencies.push(now() - sentAt);
      }
    });
  },
  /** What was measured since it was asked for last, once there is so much of it. */
  async take(count: number) {
    while (latencies.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    const taken = latencies;
    latencies = [];
    return taken;
  },
});
