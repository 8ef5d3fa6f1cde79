import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import {
  Automation,
  type AutomationDefinition,
  emitEvent,
  getClient,
  InputValidationError,
  NotFound,
} from "../../sdk/index.ts";
import { useAntiphon } from "./support/antiphon.ts";

useAntiphon();

const doNothing = { type: "do-nothing" };
const trigger = { type: "event", expect: ["order.paid"] } as const;

function define(name: string, more: Partial<AutomationDefinition> = {}): AutomationDefinition {
  return { name, trigger: { ...trigger, expect: [...trigger.expect] }, actions: [doNothing], ...more };
}

async function refusal(work: Promise<unknown>): Promise<InputValidationError> {
  const error = await work.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(InputValidationError);
  return error;
}

async function document(id: string | null): Promise<Record<string, unknown>> {
  const query = "query ($id: ID!) { automation(id: $id) { document } }";
  const { automation } = await getClient().request<{ automation: { document: Record<string, unknown> } }>(
    query,
    { id },
  );
  return automation.document;
}

it("the guide's woodchonk is created, and read by its id and by its name", async () => {
  const automation = await new Automation({
    name: "woodchonk",
    trigger: {
      type: "event",
      expect: ["animal.walked"],
      match: { genus: "Marmota", species: "monax" },
      posture: "Reactive",
      threshold: 3,
    },
    actions: [doNothing],
  }).create();
  const { id } = automation;
  if (id === null) throw new Error("it has no id");
  for (const found of [await Automation.read({ id }), await Automation.read({ name: "woodchonk" })]) {
    expect(found).toMatchObject({
      id,
      name: "woodchonk",
      description: "",
      enabled: true,
      trigger: {
        type: "event",
        match: { genus: "Marmota", species: "monax" },
        expect: ["animal.walked"],
        forEach: [],
        posture: "Reactive",
        threshold: 3,
        within: 0,
      },
      actions: [doNothing],
      ownerResource: null,
    });
    expect(found.updatedAt).toEqual(automation.updatedAt);
  }
});

it("keys are taken in both spellings, and what is the user's own is passed as it is", async () => {
  const deploymentId = randomUUID();
  const parameters = { someKey: 1, other_key: { innerKey: "{{ event.id }}" } };
  const both = [
    { type: "run-deployment", source: "selected", deploymentId, parameters, scheduleAfter: 5 },
    {
      type: "run-deployment",
      source: "selected",
      deployment_id: deploymentId,
      parameters,
      schedule_after: 5,
    },
  ];
  const match = { myLabel: "a", "my-label": ["b", "c"], my_label: "d" };
  const { id, actions, trigger } = await new Automation(
    define("spellings", {
      trigger: { type: "event", match, matchRelated: [{ theRole: "x" }], forEach: ["aLabel"] },
      actions: both,
    }),
  ).create();
  expect(actions[0]).toEqual(actions[1]);
  expect(actions[0]).toMatchObject({ deploymentId, parameters, scheduleAfter: 5 });
  expect(trigger).toMatchObject({ match: { myLabel: "a", my_label: "d" }, forEach: ["aLabel"] });
  expect(await document(id)).toMatchObject({
    trigger: { match_related: { theRole: "x" }, for_each: ["aLabel"] },
    actions: [{ deployment_id: deploymentId, schedule_after: 5, parameters }, {}],
  });
});

it("every problem is told at once, at the places that the code has", async () => {
  const wrong = define("wrong", {
    trigger: {
      type: "compound",
      require: 3,
      triggers: [
        { type: "event", forEach: [5 as never], posture: "Proactive", within: 5 },
        { type: "event" },
      ],
    },
    actions: [{ type: "cancel-flow-rum" }, { type: "run-deployment" }],
  });
  const error = await refusal(new Automation(wrong).create());
  const places = error.issues.map(({ path }) => path.join("."));
  for (const place of ["trigger.require", "trigger.triggers.0.within", "actions.0.type"])
    expect(places).toContain(place);
  expect(places.some((place) => place.startsWith("trigger.triggers.0.forEach"))).toBe(true);
  expect(error.message).toContain("trigger.triggers[0].within must be at least 10 for Proactive");
  expect(error.message).not.toContain("for_each");
});

it("a misspelt key is refused, and not left out", async () => {
  const { issues } = await refusal(
    new Automation({ ...define("misspelt"), ...{ actionsOnTriger: [] } }).create(),
  );
  expect(issues.map(({ path }) => path)).toEqual([["actionsOnTriger"]]);
});

it("a name that is taken is a problem at the name", async () => {
  await new Automation(define("taken")).create();
  expect((await refusal(new Automation(define("taken")).create())).issues).toMatchObject([
    { path: ["name"] },
  ]);
});

it("a parameter without a JSON form is refused before anything is sent", async () => {
  const actions = [{ type: "run-deployment", deploymentId: randomUUID(), parameters: { since: new Date() } }];
  const { issues } = await refusal(new Automation(define("dates", { actions })).create());
  expect(issues).toMatchObject([{ path: ["actions", "0", "parameters", "since"] }]);
});

it("an update changes what it names, keeps the rest as others have made it, and is nothing where all is equal", async () => {
  const mine = await new Automation(define("updated", { description: "as it was", tags: ["a"] })).create();
  const theirs = await Automation.read({ name: "updated" });
  await theirs.update({ tags: ["a", "b"] });
  await mine.update({ description: "as it is now" });
  expect(await Automation.read({ name: "updated" })).toMatchObject({
    description: "as it is now",
    tags: ["a", "b"],
  });
  const { updatedAt } = mine;
  await mine.update({ description: "as it is now", tags: ["a", "b"] });
  expect((await Automation.read({ name: "updated" })).updatedAt).toEqual(updatedAt);
  await refusal(mine.update({ name: "" }));
  await mine.update({ name: "renamed" });
  expect((await Automation.read({ name: "renamed" })).id).toBe(mine.id);
});

it("is disabled and enabled, and not where it would start itself for ever", async () => {
  const automation = await new Automation(define("switched")).create();
  await automation.disable();
  expect((await Automation.read({ name: "switched" })).enabled).toBe(false);
  await automation.enable();
  expect(automation.enabled).toBe(true);
  const loop = define("loop", {
    enabled: false,
    trigger: { type: "event", expect: ["prefect.flow-run.Running"] },
    actions: [{ type: "run-deployment", source: "inferred" }],
  });
  const looping = await new Automation(loop).create();
  await refusal(looping.enable());
  expect((await Automation.read({ name: "loop" })).enabled).toBe(false);
});

it("is deleted once", async () => {
  const automation = await new Automation(define("deleted")).create();
  const again = await Automation.read({ name: "deleted" });
  expect(await automation.delete()).toBe(true);
  expect(automation.id).toBeNull();
  expect(await again.delete()).toBe(false);
  await expect(Automation.read({ name: "deleted" })).rejects.toBeInstanceOf(NotFound);
  await expect(automation.update({ description: "x" })).rejects.toBeInstanceOf(NotFound);
  await expect(automation.enable()).rejects.toBeInstanceOf(NotFound);
});

it("reading asks for one of id and name", async () => {
  await expect(Automation.read({} as never)).rejects.toThrow("one of id or name must be provided");
  await expect(Automation.read({ id: "a", name: "b" } as never)).rejects.toThrow(
    "only one of id or name can be provided",
  );
});

it("of several owners' automations of one name, none is taken for the one that was meant", async () => {
  const ids: (string | null)[] = [];
  for (const ownerResource of ["team.red", "team.blue"])
    ids.push((await new Automation(define("shared", { ownerResource })).create()).id);
  const error = await Automation.read({ name: "shared" }).catch((thrown) => thrown);
  for (const id of ids) expect(error.message).toContain(id);
  const { id } = await new Automation(define("shared")).create();
  expect((await Automation.read({ name: "shared" })).id).toBe(id);
});

it("what is doubtful is told with the automation", async () => {
  const { warnings } = await new Automation(define("doubtful", { trigger: { type: "event" } })).create();
  expect(warnings.length).toBeGreaterThan(0);
});

it("an event that was emitted after the answer is one that the automation judges", async () => {
  const { createdAt } = await new Automation(define("in-order")).create();
  const { id } = await emitEvent({ event: "order.paid", resource: { "prefect.resource.id": "order.1" } });
  const { event } = await getClient().request<{ event: { received: string } }>(
    "query ($id: ID!) { event(id: $id) { received } }",
    { id },
  );
  expect(Date.parse(event.received)).toBeGreaterThanOrEqual(createdAt?.getTime() ?? Number.NaN);
});
