import { expect, it } from "vitest";
import { Person } from "../sdk/support/person.ts";
import { patience, runExample } from "./support/program.ts";
import { useServerProcess } from "./support/server.ts";

const server = useServerProcess();
const person = new Person(() => server.url);

it("suspends for a signature, and runs again with what its tasks returned", {
  timeout: 6 * patience,
}, async () => {
  const runner = runExample(server.url, "sign-off");
  await runner.says("Serving sign-off/monthly");
  const starter = runExample(server.url, "sign-off", "start", "October");
  await starter.ends();
  const { id, awaitedInput } = await person.runIn("sign-off", "Suspended", patience);
  expect(awaitedInput).toMatchObject({ key: "suspended-1", inputType: "SignOff", liveValidation: false });
  expect(await starter.says("Started ")).toContain(`/runs/${id}`);
  expect(await starter.says("It waits for its signature at ")).toContain(`/runs/${id}/resume`);
  const visitors = /counts (\d+) visitors/.exec(awaitedInput?.description ?? "")?.[1];

  await person.resume(id, { signature: "Grace" });
  const run = await person.until(id, "Completed", patience);
  expect(run.logs.nodes.map(({ message }) => message)).toEqual([
    "Writing the report for October. This takes a while, and is done once.",
    `Published: ${visitors} visitors in October, signed by Grace.`,
  ]);
  expect(run.runCount).toBe(1);
});
