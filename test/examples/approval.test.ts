import { expect, it } from "vitest";
import { Person } from "../sdk/support/person.ts";
import { patience, runExample } from "./support/program.ts";
import { useServerProcess } from "./support/server.ts";

const server = useServerProcess();
const person = new Person(() => server.url);

it("asks for an approval where it says, and greets who gives it", { timeout: 4 * patience }, async () => {
  const example = runExample(server.url, "approval");
  const run = await person.runIn("approval", "Paused", patience);
  await example.says(`/runs/${run.id}`);
  expect(run.awaitedInput).toMatchObject({ key: "paused-1", inputType: "Approval", liveValidation: true });
  expect(run.awaitedInput?.description).toContain("## Shall the November letter go out?");

  const refused = await person.resume(run.id, { name: "", approved: "yes" });
  expect(refused.issues?.map(({ path }) => path[0])).toEqual(["name", "approved"]);
  const answered = await person.resume(run.id, { name: "Ada", comment: "Well written." });
  expect(answered.__typename).toBe("FlowRun");
  await example.says("Thank you, Ada! The letter is on its way.");
  await example.says("You added: Well written.");
  await example.ends();
  expect((await person.read(run.id)).state.name).toBe("Completed");
});
