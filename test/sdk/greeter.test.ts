import { expect, it } from "vitest";
import { until } from "../support/wire.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";
import { Script } from "./support/script.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);

it("inputs 65: greeter and sender talk, over an idle suspension and a resume, and no greeting is lost or doubled", async () => {
  const env = { ANTIPHON_API_URL: antiphon.url, IDLE_SECONDS: "1.5" };
  const greeter = new Script("greeter.ts", ["greeter"], env);
  await greeter.says("Serving greeter/send-receive");
  const sender = new Script("greeter.ts", ["sender"], env);
  await sender.says("greeter run ");
  const id = /greeter run (\S+)/.exec(sender.output)?.[1] ?? "";
  await person.until(id, "Running");
  /** A greeter that has left meanwhile, as it may where all is slow, comes back. */
  const awake = async (what: string, isSo: () => boolean | Promise<boolean>) =>
    until(what, async () => {
      if (await isSo()) return true;
      if ((await person.read(id)).state.name === "Suspended") await person.resume(id);
      return false;
    });
  for (const name of ["andrew", "marvin"]) {
    sender.type(name);
    await awake(`${name} is greeted`, () => sender.output.includes(`Hello, ${name}!`));
  }
  await person.until(id, "Suspended");
  sender.type("late");
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(sender.output).not.toContain("Hello, late!");
  await person.resume(id);
  await sender.says("Hello, late!");
  sender.type("q");
  await sender.says("Goodbye!");
  await awake("the greeter has ended", async () => (await person.read(id)).state.name === "Completed");
  expect(await sender.exited).toEqual({ code: 0, signal: null });
  expect(sender.output.match(/^Hello, .*!$/gm)).toEqual(["Hello, andrew!", "Hello, marvin!", "Hello, late!"]);
  const run = await person.read(id);
  expect(run.logs.nodes.filter((line) => line.level >= 30)).toEqual([]);
});
