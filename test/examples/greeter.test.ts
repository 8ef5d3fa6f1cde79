import { expect, it } from "vitest";
import { Person, type RunSeen } from "../sdk/support/person.ts";
import { ask, until } from "../support/wire.ts";
import { type Program, patience, runExample } from "./support/program.ts";
import { useServerProcess } from "./support/server.ts";

const server = useServerProcess();
const person = new Person(() => server.url);
const idleSeconds = "2";

/** Types names at all times of a greeter's day: awake, asleep, several at once, and when it is falling asleep. */
async function talk(
  greeterName: string,
  leave: (typing: Program) => void,
): Promise<{ greeter: RunSeen; sender: RunSeen }> {
  const served = runExample(server.url, "greeter", "greeter");
  await served.says("Serving greeter/send-receive, greeter-with-cursor/send-receive");
  const typing = runExample(server.url, "greeter", "sender", greeterName, idleSeconds);
  await typing.says("What is your name?");
  typing.type("Ada\n");
  await typing.says("Hello, Ada!");

  const { id } = await person.runIn(greeterName, "Suspended", patience);
  typing.type("Grace\nAlan\n\nEdsger\n");
  for (const name of ["Grace", "Alan", "Edsger"]) await typing.says(`Hello, ${name}!`);

  const isDozingOff = async () =>
    (await person.read(id)).logs.nodes.filter(({ message }) => message.startsWith("No name for")).length > 1;
  await until("the greeter falls asleep again", isDozingOff, patience);
  typing.type("Barbara\n");
  await typing.says("Hello, Barbara!");

  leave(typing);
  await typing.says("Goodbye!");
  await typing.ends();
  const [sender] = await person.runsOf("sender");
  if (!sender) throw new Error("the sender is no run");
  return { greeter: await person.until(id, "Completed", patience), sender };
}

const names = ["Ada", "Grace", "Alan", "Edsger", "Barbara"];
const greetings = [...names.map((name) => `Hello, ${name}!`), "Goodbye!"];

function expectNoneLostOrDoubled({ greeter, sender }: { greeter: RunSeen; sender: RunSeen }): void {
  expect(greeter.inputs.nodes.map(({ value }) => value)).toEqual([...names, "__EXIT__"]);
  expect(sender.inputs.nodes.map(({ value }) => value)).toEqual(greetings);
  for (const { status } of [...greeter.inputs.nodes, ...sender.inputs.nodes])
    expect(status).toBe("DELIVERED");
  expect(greeter.inputs.nodes.map(({ sender: from }) => from)).toEqual(
    greeter.inputs.nodes.map(() => `prefect.flow-run.${sender.id}`),
  );
  const states = greeter.stateHistory.map(({ name }) => name);
  expect(states.filter((name) => name === "Suspended").length).toBeGreaterThanOrEqual(2);
  expect(states.filter((name) => name === "Resuming").length).toBe(
    states.filter((name) => name === "Suspended").length,
  );
  expect(greeter.runCount).toBe(1);
}

it("inputs 65: greeter and sender talk, exit signal, suspend after idle, resume, seen keys: no greeting lost or doubled", {
  timeout: 8 * patience,
}, async () => {
  const runs = await talk("greeter", (typing) => typing.type("q\n"));
  expectNoneLostOrDoubled(runs);
  const { data } = await ask(
    server.url,
    `query ($name: String!) { block(type: "json", name: $name) { data } }`,
    {
      name: `${runs.greeter.id}-seen-keys`,
    },
  );
  const keys = runs.greeter.inputs.nodes.filter(({ value }) => value !== "__EXIT__").map(({ key }) => key);
  expect(data?.block).toEqual({ data: { value: keys } });
});

it("inputs 65, the server keeping the place by a cursor: no greeting lost or doubled", {
  timeout: 8 * patience,
}, async () => {
  expectNoneLostOrDoubled(await talk("greeter-with-cursor", (typing) => typing.endInput()));
});

it.each(["greeter", "greeter-with-cursor"])(
  "%s greets in its log whom it cannot answer, and goes on",
  {
    timeout: 4 * patience,
  },
  async (name) => {
    const served = runExample(server.url, "greeter", "greeter");
    await served.says("Serving greeter/send-receive, greeter-with-cursor/send-receive");
    const { id = "" } = await person.run(`${name}/send-receive`);
    await person.send(id, "Ada");
    await person.send(id, "Grace", { sender: "the doorman" });
    await person.send(id, "__EXIT__");
    const run = await person.until(id, "Completed", patience);
    expect(run.logs.nodes.map(({ message }) => message)).toEqual([
      "Hello, Ada!",
      "Hello, Grace!",
      "Goodbye!",
    ]);
  },
);

it("the sender says what is missing while no greeter is served", { timeout: 4 * patience }, async () => {
  const served = runExample(server.url, "greeter", "greeter");
  await served.says("Serving greeter/send-receive");
  await served.stop();
  const typing = runExample(server.url, "greeter", "sender");
  typing.type("Ada\n");
  await typing.says("waiting for a runner: npm run example -- greeter greeter");
  await typing.stop();
});

it("a part that is missing, and an error of the SDK, are told without a stack", {
  timeout: 4 * patience,
}, async () => {
  const partless = runExample(server.url, "greeter");
  expect(await partless.ended).toBe(1);
  expect(partless.output).toMatch(/^Say which part to play:\n/);
  const lost = runExample("http://127.0.0.1:9/graphql", "approval");
  expect(await lost.ended).toBe(1);
  expect(lost.output).toContain("there is no Antiphon at http://127.0.0.1:9/graphql");
  expect(lost.output).not.toMatch(/^ {4}at |ConnectionError/m);
});
