import { expect, it } from "vitest";
import { Person } from "../sdk/support/person.ts";
import { patience, runExample } from "./support/program.ts";
import { useServerProcess } from "./support/server.ts";

const server = useServerProcess();
const person = new Person(() => server.url);
const soldOut = "Small shirts are sold out in green: take another colour or size.";

it("tells who orders the impossible, and the flow hears nothing of it", {
  timeout: 4 * patience,
}, async () => {
  const example = runExample(server.url, "shirt-order");
  const { id } = await person.runIn("shirt-order", "Paused", patience);
  const refused = await person.resume(id, { size: "small", color: "green" });
  expect(refused.issues).toEqual([{ path: ["color"], message: soldOut }]);
  expect((await person.read(id)).pause?.key).toBe("paused-1");

  await person.resume(id, { size: "large", color: "green" });
  await example.says("Ordered: large, green.");
  await example.ends();
  expect(example.output).not.toContain(soldOut);
});

it("asks again in a loop where the code checks after the answer", { timeout: 4 * patience }, async () => {
  const example = runExample(server.url, "shirt-order", "after");
  const { id } = await person.runIn("shirt-order-after", "Paused", patience);
  expect((await person.resume(id, { size: "small", color: "green" })).__typename).toBe("FlowRun");
  await example.says(soldOut);
  await person.untilAsked(id, "paused-2");
  await person.resume(id, { size: "small", color: "black" });
  await example.says("Ordered: small, black.");
  await example.ends();
});
