import sql from "sql-template-tag";
import { expect, it } from "vitest";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";
import { Script } from "./support/script.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);

function call(name: string): Script {
  return new Script("called.ts", [name], { ANTIPHON_API_URL: antiphon.url });
}

it("a script that calls a flow ends by itself, with the flow's result", async () => {
  const script = call("done");
  expect(await script.exited).toEqual({ code: 0, signal: null });
  expect(script.output).toContain("result done");
  expect(script.output).toMatch(/run \S+ of flow done: http/);
});

it("an open receiver that nobody waits for does not keep a script alive", async () => {
  const script = call("listens");
  expect(await script.exited).toEqual({ code: 0, signal: null });
});

it("a flow that throws ends its script as any error does, and its run says why", async () => {
  const script = call("fails");
  expect((await script.exited).code).toBe(1);
  const run = await person.runIn("fails", "Failed");
  expect(run.state.message).toBe("as it was told to");
  expect(run.logs.nodes.map((line) => line.message.split("\n")[0])).toEqual([
    "the flow failed: Error: as it was told to",
  ]);
});

it("a wait keeps the script alive until it is answered, over a restart of the server", async () => {
  const script = call("waits");
  const run = await person.runIn("waits-called", "Paused");
  await antiphon.stop();
  await antiphon.start();
  await person.resume(run.id, "here");
  expect((await script.exited).code).toBe(0);
  expect(script.output).toContain("result here");
});

it.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends the runs of called flows with their process",
  async (signal) => {
    const script = call("nests");
    const [run, inner] = [
      await person.runIn("nests-called", "Running"),
      await person.runIn("nested-called", "Paused"),
    ];
    script.kill(signal);
    expect(await script.exited).toEqual({ code: null, signal });
    for (const { id } of [run, inner]) {
      const { state } = await person.until(id, "Crashed");
      expect(state.message).toBe(`The process was ended by ${signal} before the run had ended.`);
    }
    expect((await person.resume(inner.id, "too late")).code).toBe("FINISHED");
  },
);

it("a server that is there and slow still hears of the end", async () => {
  const script = call("waits");
  const { id } = await person.runIn("waits-called", "Paused");
  await antiphon.context?.db.transaction(async (tx) => {
    await tx.query(sql`SELECT FROM flow_run WHERE id = ${id}::uuid FOR UPDATE`);
    script.kill("SIGTERM");
    // Longer than a server that is not there is waited for.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  });
  expect(await script.exited).toEqual({ code: null, signal: "SIGTERM" });
  const { state } = await person.until(id, "Crashed");
  expect(state.message).toBe("The process was ended by SIGTERM before the run had ended.");
});

it("a signal that the program listens to itself leaves its runs alone", async () => {
  const script = call("listensToSignal");
  const run = await person.runIn("listens-to-signal", "Paused");
  script.kill("SIGINT");
  await script.says("heard it");
  await person.resume(run.id, "go on");
  expect((await script.exited).code).toBe(0);
  expect(script.output).toContain("result go on");
});

it("a called flow whose process is killed is Crashed once its lease has run out", async () => {
  const script = call("sleeps");
  const run = await person.runIn("sleeps-called", "Running");
  await script.stop();
  expect((await person.read(run.id)).state.name).toBe("Running");
  await antiphon.context?.db.query(sql`UPDATE flow_run SET lease_until = now() WHERE id = ${run.id}::uuid`);
  const crashed = await person.until(run.id, "Crashed");
  expect(crashed.state.message).toBeTruthy();
});

it("without a server, a call says where it looked and what to do", async () => {
  const script = new Script("called.ts", ["done"], { ANTIPHON_API_URL: "http://127.0.0.1:9/graphql" });
  expect((await script.exited).code).toBe(1);
  expect(script.output).toContain(
    "there is no Antiphon at http://127.0.0.1:9/graphql: start it with `npm start`",
  );
});
