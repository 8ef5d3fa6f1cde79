import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  Automation,
  type DeploymentTrigger,
  emitEvent,
  flow,
  InputValidationError,
} from "../../sdk/index.ts";
import { type Engine, startEngine } from "../support/engine.ts";
import { until } from "../support/wire.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person, type RunSeen } from "./support/person.ts";
import { Script } from "./support/script.ts";
import { Served } from "./support/served.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);
let engine: Engine;
beforeAll(async () => {
  if (!antiphon.context) throw new Error("there is no server");
  engine = await startEngine(antiphon.context);
});
afterAll(() => engine.close());
let served: Served;
beforeEach(() => {
  served = new Served("triggered.ts");
});
afterEach(() => served.close());

function serve(triggers: DeploymentTrigger[], env: Record<string, string> = {}) {
  return served.start(antiphon.url, { TRIGGERS: JSON.stringify(triggers), ...env });
}

function emit(event: string, id: string, payload = {}): Promise<{ id: string }> {
  return emitEvent({ event, resource: { "prefect.resource.id": id }, payload });
}

async function runs(): Promise<RunSeen[]> {
  return (await person.runsOf("triggered")).filter(({ state }) => state.name === "Completed");
}

/** What the newest completed run was called with, once there are so many. */
async function calledWith(count: number): Promise<unknown> {
  await until(`${count} runs`, async () => (await runs()).length === count);
  const [newest] = await runs();
  return JSON.parse(served.notes(newest?.id ?? "").at(-1) ?? "null");
}

it("the guide's event trigger hands the whole event to the deployment's parameter", async () => {
  const resource = `my.external.resource.${randomUUID()}`;
  await serve([
    {
      enabled: true,
      match: { "prefect.resource.id": resource },
      expect: ["external.resource.pinged"],
      parameters: { param_1: "{{ event }}" },
    },
  ]);
  const count = (await runs()).length;
  await emit("external.resource.pinged", "another.resource");
  const { id } = await emit("external.resource.pinged", resource, { n: 1 });
  expect(await calledWith(count + 1)).toMatchObject({
    id,
    event: "external.resource.pinged",
    resource: { "prefect.resource.id": resource },
    payload: { n: 1 },
  });
});

it("the guide's compound trigger runs the deployment once both events were seen", async () => {
  const resource = `my.external.resource.${randomUUID()}`;
  const match = { "prefect.resource.id": resource };
  const script = await serve([
    {
      type: "compound",
      name: "my-compound-trigger",
      require: "all",
      triggers: [
        { type: "event", match, expect: ["external.resource.pinged"] },
        { type: "event", match, expect: ["external.resource.replied"] },
      ],
      parameters: { param_1: "{{ event.event }}" },
    },
  ]);
  await script.says("1 created (my-compound-trigger)");
  const count = (await runs()).length;
  await emit("external.resource.replied", resource);
  await emit("external.resource.pinged", resource);
  expect(await calledWith(count + 1)).toBe("external.resource.pinged");
});

it("a number keeps its type in a parameter, and a label is text", async () => {
  const order = randomUUID();
  await serve([
    {
      match: { "prefect.resource.id": order },
      expect: ["order.paid"],
      parameters: { param_1: { id: "{{ event.resource.id }}", total: "{{ event.payload.total }}" } },
    },
  ]);
  const count = (await runs()).length;
  await emit("order.paid", order, { total: 12.5 });
  expect(await calledWith(count + 1)).toEqual({ id: order, total: 12.5 });
});

it("the guide's downstream deployment runs when the upstream one has completed", async () => {
  await serve([
    {
      expect: ["prefect.flow-run.Completed"],
      matchRelated: { "prefect.resource.name": "emits" },
      parameters: { param_1: "{{ event.event }}" },
    },
  ]);
  const count = (await runs()).length;
  const started = await person.run("emits/emits");
  await person.until(started.id ?? "", "Suspended");
  await person.resume(started.id ?? "");
  await person.until(started.id ?? "", "Completed");
  expect(await calledWith(count + 1)).toBe("prefect.flow-run.Completed");
});

it("what a run has emitted before its suspension is not emitted again when it goes on", async () => {
  await serve([]);
  const { id = "" } = await person.run("emits/emits");
  await person.until(id, "Suspended");
  await person.resume(id);
  await person.until(id, "Completed");
  const [before, again, ended] = served.notes(id);
  expect(again).toBe(before);
  expect(ended).not.toBe(before);
});

describe("serving again", () => {
  const trigger = { name: "paid", expect: ["order.paid"], match: { "prefect.resource.id": "nobody" } };

  it("says what became of the triggers, and leaves equal ones as they are", async () => {
    const first = await serve([trigger]);
    await first.says("1 created (paid)");
    const before = await Automation.read({ name: "paid" });
    expect(before.ownerResource).toMatch(/^prefect\.deployment\./);
    await first.stop();
    const second = await serve([trigger, { name: "other", expect: ["x"] }]);
    await second.says("1 created (other), 1 unchanged (paid)");
    expect(await Automation.read({ name: "paid" })).toMatchObject({
      id: before.id,
      updatedAt: before.updatedAt,
    });
    await second.stop();
    const third = await serve([{ ...trigger, threshold: 2 }]);
    await third.says("1 updated (paid), 1 removed (other)");
    expect((await Automation.read({ name: "paid" })).id).toBe(before.id);
  });

  it("pauses what nobody serves, and has it watch again, unless an operator has paused it", async () => {
    // Those that other tests have killed count as there for 90 s.
    await antiphon.context?.prisma.runner.deleteMany();
    const first = await serve([trigger, { ...trigger, name: "by hand" }]);
    await (await Automation.read({ name: "by hand" })).disable();
    first.kill("SIGTERM");
    expect((await first.exited).code).toBe(0);
    expect(first.output).toContain("paused until somebody serves them: paid\n");
    expect((await Automation.read({ name: "paid" })).enabled).toBe(false);
    await serve([trigger, { ...trigger, name: "by hand" }]);
    await until("it watches", async () => (await Automation.read({ name: "paid" })).enabled);
    expect((await Automation.read({ name: "by hand" })).enabled).toBe(false);
  });

  it("leaves triggers on with pauseOnShutdown: false", async () => {
    const script = await serve([trigger], { PAUSE: "no" });
    script.kill("SIGTERM");
    await script.exited;
    expect((await Automation.read({ name: "paid" })).enabled).toBe(true);
  });

  it("is refused as a whole where one trigger is wrong, with its place in the code's words", async () => {
    const wrong = { ...trigger, posture: "Proactive", within: 5, forEach: [5] };
    const env = { ANTIPHON_API_URL: antiphon.url, TRIGGERS: JSON.stringify([trigger, wrong]) };
    const script = new Script("triggered.ts", [], env);
    expect((await script.exited).code).toBe(1);
    expect(script.output).toContain("triggers[1].within must be at least 10 for Proactive");
    expect(script.output).toContain("triggers[1].forEach");
    expect(script.output).not.toContain("for_each");
  });
});

it("a trigger with a value that JSON cannot hold is refused where it is defined", () => {
  const define = () =>
    flow("never", () => undefined).toDeployment({
      name: "never",
      triggers: [{ expect: ["x"], parameters: { since: new Date() } }],
    });
  expect(define).toThrow(InputValidationError);
  expect(define).toThrow(/parameters\.since/);
});

it("a list of triggers that is none is refused where it is defined", () => {
  const options = { name: "never", triggers: { expect: ["x"] } };
  expect(() => flow("never", () => undefined).toDeployment(options as never)).toThrow(/triggers/);
});
