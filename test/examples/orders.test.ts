import { expect, it } from "vitest";
import { Person } from "../sdk/support/person.ts";
import { patience, runExample } from "./support/program.ts";
import { useServerProcess } from "./support/server.ts";

const server = useServerProcess();
const person = new Person(() => server.url);

it("actions 83: a completed order starts one run, with the customer as text", {
  timeout: 5 * patience,
}, async () => {
  const serving = runExample(server.url, "orders", "serve");
  await serving.says("Triggers of after-order/after-order: 1 created (order complete).");
  await serving.says("Stop with Ctrl-C.");
  const shop = runExample(server.url, "orders", "shop");
  await shop.ends();
  await serving.says("Customer 123 has completed an order of 29.5.");
  await person.runIn("after-order", "Completed", patience);
  expect(await person.runsOf("after-order")).toHaveLength(1);
  expect(serving.output).not.toContain("Customer 456");
  await serving.stop();
  expect(serving.output).toContain("paused until somebody serves them: order complete");
});
