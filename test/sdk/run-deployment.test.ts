import { afterEach, beforeEach, expect, it } from "vitest";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";
import { Served } from "./support/served.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);
let served: Served;
beforeEach(() => {
  served = new Served();
});
afterEach(() => served.close());

it("a run that goes on after its suspension finds each run that it asked for, in its flow and in its tasks", async () => {
  await served.start(antiphon.url);
  const { id = "" } = await person.run("delegates-twice/delegates-twice");
  await person.until(id, "Suspended");
  await person.resume(id);
  await person.until(id, "Completed");
  const ids = (served.notes(id).at(-1) ?? "").split(" ");
  expect(new Set(ids).size).toBe(4);
  expect((await person.runsOf("quick")).map((run) => run.id).sort()).toEqual(ids.sort());
}, 60_000);
