import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { Automation, emitEvent, flow, getClient, pauseFlowRun, RunCancelled } from "../../sdk/index.ts";
import { type Engine, settled, startEngine } from "../support/engine.ts";
import { actionRunsOf, storedAction, toldOf } from "../support/fired.ts";
import { logClock, setLogClock } from "../support/virtual-log.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine(context());
});
afterAll(() => engine.close());

function context() {
  if (!antiphon.context) throw new Error("there is no server");
  return antiphon.context;
}

const made: Automation[] = [];
beforeEach(() => void made.splice(0));
afterEach(async () => {
  // The next test's runs are none of these automations' business.
  for (const automation of made) await automation.delete();
});

async function create(definition: ConstructorParameters<typeof Automation>[0]): Promise<Automation> {
  const automation = await new Automation(definition).create();
  made.push(automation);
  return automation;
}

const marmot = { genus: "Marmota", species: "monax" };

it("the guide's woodchonk: three walks that a run tells of cancel that run", async () => {
  const automation = await create({
    name: "woodchonk",
    trigger: {
      type: "event",
      expect: ["animal.walked"],
      match: marmot,
      posture: "Reactive",
      threshold: 3,
    },
    actions: [{ type: "cancel-flow-run" }],
  });
  const walks = flow("walks", async () => {
    for (let walk = 1; walk <= 3; walk++)
      await emitEvent({
        event: "animal.walked",
        resource: { "prefect.resource.id": "woodchonk.willie", ...marmot },
      });
    await pauseFlowRun({ timeout: null });
  });
  await expect(walks()).rejects.toThrow(RunCancelled);
  await settled(context());
  const [run] = await person.runsOf("walks");
  expect(run?.state.type).toBe("CANCELLED");
  expect((await person.read(run?.id ?? "")).stateHistory.map(({ name }) => name)).toContain("Cancelling");
  const [id] = await actionRunsOf(context(), automation.id ?? "");
  expect(await toldOf(context(), id)).toEqual(["triggered", "executed"]);
});

const stuck = `name: Cancel long running flows
description: Cancel any flow run that is not done in time
trigger:
  match:
    prefect.resource.id: prefect.flow-run.*
  match_related:
    prefect.resource.name: stuck
    prefect.resource.role: flow
  after:
    - prefect.flow-run.Running
  expect:
    - prefect.flow-run.Completed
    - prefect.flow-run.Failed
  for_each:
    - prefect.resource.id
  posture: Proactive
  threshold: 1
  within: 60
actions:
  - type: cancel-flow-run
`;

it("the guide's YAML: a run that is not done in time is cancelled, and each one for itself", async () => {
  const { applyAutomation } = await getClient().request<{ applyAutomation: { id: string } }>(
    "mutation ($document: JSON!) { applyAutomation(document: $document) { ... on Automation { id } ... on InvalidInputError { message } } }",
    { document: parse(stuck) },
  );
  const hangs = flow("stuck", async () => pauseFlowRun({ timeout: null }));
  const done = flow("stuck", async () => "done");
  const running = hangs();
  const run = await person.runIn("stuck", "Paused");
  expect(await done()).toBe("done");
  await setLogClock(context(), (await logClock(context())) + 120_000);
  await expect(running).rejects.toThrow(RunCancelled);
  await settled(context());
  const runs = await actionRunsOf(context(), applyAutomation.id);
  expect(await Promise.all(runs.map((id) => storedAction(context(), id)))).toMatchObject([
    { status: "SUCCEEDED" },
  ]);
  expect(await cancelledBy(run.id)).toBe(`Cancelled by Automation ${applyAutomation.id}`);
});

async function cancelledBy(runId: string): Promise<string | null> {
  const state = await context().prisma.flowRunState.findFirst({
    where: { flowRunId: runId, type: "CANCELLING" },
  });
  return state?.message ?? null;
}

it("an approval is answered by an automation, from what the event says", async () => {
  const Approval = z.object({ approved: z.boolean(), by: z.string() });
  await create({
    name: "approve",
    trigger: { type: "event", expect: ["order.approved"] },
    actions: [
      {
        type: "resume-flow-run",
        input: {
          approved: "{{ event.payload.approved }}",
          by: "{{ event.payload.name }} ({{ event.resource.id }})",
        },
      },
    ],
  });
  const order = `order.${randomUUID()}`;
  const running = flow("approval", async () => pauseFlowRun({ waitForInput: Approval }))();
  const run = await person.runIn("approval", "Paused");
  await emitEvent({
    event: "order.approved",
    resource: { "prefect.resource.id": order },
    related: [{ "prefect.resource.id": `prefect.flow-run.${run.id}`, "prefect.resource.role": "flow-run" }],
    payload: { approved: true, name: "Ann" },
  });
  expect(await running).toEqual({ approved: true, by: `Ann (${order})` });
});

it("actions are defined and read back in camelCase; what is handed on stays as it is", async () => {
  const deploymentId = randomUUID();
  const actions = [
    { type: "cancel-flow-run", source: "inferred" },
    { type: "suspend-flow-run", source: "selected", flowRunId: randomUUID(), timeout: 60 },
    { type: "resume-flow-run", source: "inferred", input: { is_ok: true, isOk: "{{ event.id }}" } },
    { type: "change-flow-run-state", source: "inferred", state: "FAILED", name: "Given up", force: true },
    { type: "pause-deployment", source: "selected", deploymentId },
    {
      type: "run-deployment",
      source: "selected",
      deploymentId,
      scheduleAfter: 5,
      retry: { maxAttempts: 2, initialDelay: 1, maxDelay: 10, multiplier: 2, jitter: true },
    },
  ];
  const created = await create({ name: "all of it", trigger: { type: "event", expect: ["x"] }, actions });
  expect((await Automation.read({ id: created.id ?? "" })).actions).toEqual(actions);
});
