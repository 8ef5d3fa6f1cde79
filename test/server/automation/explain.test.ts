import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setAutomationEnabled } from "../../../server/automation/set-automation-enabled.ts";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { ask, at } from "../../support/ask.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation, type Engine, firingsOf, judged, startEngine } from "../../support/engine.ts";

let ctx: TestContext;
let engine: Engine;
/** Each test's events are about things of its own. */
let test = 0;

beforeAll(async () => {
  ctx = await createTestContext();
  engine = await startEngine(ctx, { actions: false });
});
beforeEach(() => {
  test += 1;
});
afterAll(async () => {
  await engine.close();
  expect(engine.reports).toEqual([]);
  await ctx.close();
});

interface Condition {
  path: string[];
  holds: boolean;
  expected: string;
  actual: string;
}
interface Explanation {
  __typename: string;
  fired: boolean;
  firing: { id: string } | null;
  verdict: string;
  conditions: Condition[];
}

async function explain(automationId: string, eventId: string): Promise<Explanation> {
  const answer = await ask(
    ctx,
    `query ($automationId: ID!, $eventId: ID!) { explain(automationId: $automationId, eventId: $eventId) { __typename
      ... on Explanation { fired firing { id } verdict conditions { path holds expected actual } }
      ... on NotFoundError { message } } }`,
    { automationId, eventId },
  );
  return at(answer, "explain") as Explanation;
}

/** An event of this test, told at once unless it says when it occurred. */
async function tell(
  event: string,
  more: { occurred?: Date; follows?: string; id?: string; labels?: object } = {},
) {
  const { labels, ...rest } = more;
  const resource = { "prefect.resource.id": `thing.${test}`, ...labels };
  return (await emitEvent(ctx, { event, resource, ...rest })).id;
}

const ours = () => ({ "prefect.resource.id": `thing.${test}` });

/** `path: holds` of each condition. */
const told = ({ conditions }: Explanation) =>
  conditions.map(({ path, holds }) => `${path.join(".")}: ${holds}`);

describe("actions 10.2: what an event must be", () => {
  it("tells of an event that fired which firing it led to, and that every condition held", async () => {
    const id = await automation(ctx, { trigger: { match: ours(), expect: ["order.*"] } });
    const event = await tell("order.created");
    await judged(ctx);
    const explained = await explain(id, event);
    const [firing] = await firingsOf(ctx, id);
    expect(explained).toMatchObject({
      fired: true,
      firing: { id: firing?.id },
      verdict: "It fired on this event.",
    });
    expect(told(explained)).toEqual([
      "enabled: true",
      "trigger.expect: true",
      "trigger.match.prefect.resource.id: true",
      "trigger.threshold: true",
    ]);
  });

  it("names the first condition that failed, and shows the others: name, each label, each related resource", async () => {
    const id = await automation(ctx, {
      trigger: {
        expect: ["order.created"],
        match: { region: ["eu", "!u*"], tenant: "a" },
        match_related: [{ "prefect.resource.role": "flow", "prefect.resource.id": "prefect.flow.*" }],
      },
    });
    const event = await emitEvent(ctx, {
      event: "order.paid",
      resource: { ...ours(), region: "us" },
      related: [
        { "prefect.resource.id": "prefect.tag.x", "prefect.resource.role": "tag" },
        { "prefect.resource.id": "prefect.work-pool.p", "prefect.resource.role": "flow" },
      ],
    });
    await judged(ctx);
    expect(await explain(id, event.id)).toEqual({
      __typename: "Explanation",
      fired: false,
      firing: null,
      verdict: "The name order.paid is not among those that it wants: order.created.",
      conditions: [
        { path: ["enabled"], holds: true, expected: "enabled when the event came", actual: "enabled" },
        { path: ["trigger", "expect"], holds: false, expected: "order.created", actual: "order.paid" },
        { path: ["trigger", "match", "region"], holds: false, expected: "not u* or eu", actual: "us" },
        { path: ["trigger", "match", "tenant"], holds: false, expected: "a", actual: "missing" },
        {
          path: ["trigger", "match_related", "0"],
          holds: false,
          expected: "prefect.resource.role is flow and prefect.resource.id is prefect.flow.*",
          actual: "nearest is prefect.work-pool.p (flow), whose prefect.resource.id is prefect.work-pool.p",
        },
      ],
    });
  });

  it("says that no trigger is offered the events about its own automation", async () => {
    const id = await automation(ctx, { trigger: { expect: [] } });
    const { id: own } = await emitEvent(ctx, {
      event: "prefect.automation.triggered",
      resource: { "prefect.resource.id": `prefect.automation.${id}` },
    });
    await judged(ctx);
    expect((await explain(id, own)).verdict).toMatch(/about this automation itself/);
  });
});

describe("actions 10.2: windows, keys and members, as they were", () => {
  it("tells how far the count was in the window of the event's key", async () => {
    const trigger = { match: ours(), expect: ["a"], for_each: ["user"], threshold: 2, within: 60 };
    const id = await automation(ctx, { trigger });
    const first = await tell("a", { labels: { user: "ann" } });
    const other = await tell("a", { labels: { user: "bob" } });
    const second = await tell("a", { labels: { user: "ann" } });
    const third = await tell("a", { labels: { user: "ann" } });
    await judged(ctx);
    for (const event of [first, other]) {
      const explained = await explain(id, event);
      expect(explained).toMatchObject({
        fired: false,
        verdict: expect.stringMatching(/^It counted as 1 of 2 from/),
      });
      expect(told(explained).slice(-2)).toEqual(["trigger.for_each: true", "trigger.threshold: false"]);
    }
    expect(await explain(id, second)).toMatchObject({ fired: true });
    expect((await explain(id, third)).verdict).toMatch(/^The trigger is silent for events before/);
    expect((await explain(id, other)).conditions.at(-2)?.actual).toBe('user = "bob"');
  });

  it("tells of an event that came before anything had armed the trigger, and of the one that armed it", async () => {
    const id = await automation(ctx, { trigger: { match: ours(), after: ["a"], expect: ["b"], within: 60 } });
    const early = await tell("b");
    const arming = await tell("a");
    const late = await tell("b", { occurred: new Date(Date.now() - 60_000) });
    const after = await tell("b");
    await judged(ctx);
    expect((await explain(id, early)).verdict).toBe("It came while the trigger was not armed.");
    expect((await explain(id, arming)).verdict).toMatch(/^It armed the trigger/);
    expect((await explain(id, late)).verdict).toMatch(/before the window began/);
    expect((await explain(id, after)).fired).toBe(true);
  });

  it("tells when a watch fires that an event began, and that an event satisfied it in time", async () => {
    const trigger = { posture: "Proactive", match: ours(), after: ["a"], expect: ["b"], within: 600 };
    const id = await automation(ctx, { trigger });
    const occurred = new Date(Date.now() - 1000);
    const begun = await tell("a", { occurred });
    const again = await tell("a");
    const satisfied = await tell("b");
    await judged(ctx);
    const deadline = new Date(occurred.getTime() + 600_000).toISOString();
    expect(await explain(id, begun)).toMatchObject({
      fired: false,
      verdict: `It armed the trigger, which fires at ${deadline} unless 1 event that it expects comes before.`,
    });
    expect((await explain(id, again)).verdict).toMatch(/armed already/);
    expect((await explain(id, satisfied)).verdict).toMatch(/^It came in time/);
  });

  it("tells which members of a composite were remembered", async () => {
    const triggers = [
      { match: ours(), expect: ["a"] },
      { match: ours(), expect: ["b"] },
    ];
    const id = await automation(ctx, { trigger: { type: "compound", require: "all", triggers } });
    const first = await tell("a");
    const neither = await tell("c");
    const second = await tell("b");
    await judged(ctx);
    expect(await explain(id, first)).toMatchObject({
      fired: false,
      verdict: "Its member fired, and of the 2 that are needed 1 is remembered (1).",
    });
    expect(told(await explain(id, first))).toEqual([
      "enabled: true",
      "trigger.triggers.0.expect: true",
      "trigger.triggers.0.match.prefect.resource.id: true",
      "trigger.triggers.0.threshold: true",
      "trigger.triggers.1.expect: false",
      "trigger.triggers.1.match.prefect.resource.id: true",
      "trigger.require: false",
    ]);
    expect((await explain(id, neither)).verdict).toBe(
      "None of its members wants the event; of the nearest, member 1: The name c is not among those that it wants: a.",
    );
    expect(await explain(id, second)).toMatchObject({ fired: true });
  });
});

describe("actions 10.2: the automation at that place of the log", () => {
  it("judges by what it was then: not created, enabled, disabled, enabled afresh", async () => {
    const before = await tell("a");
    const id = await automation(ctx, { trigger: { match: ours(), expect: ["a"], threshold: 2 } });
    const first = await tell("a");
    await setAutomationEnabled(ctx, id, false);
    const meanwhile = await tell("a");
    await setAutomationEnabled(ctx, id, true);
    const afresh = await tell("a");
    await judged(ctx);
    expect((await explain(id, before)).verdict).toBe(
      "When the event came, the automation was not created yet.",
    );
    expect((await explain(id, first)).verdict).toBe("It counted as 1 of 2.");
    expect((await explain(id, meanwhile)).verdict).toMatch(/the automation was disabled since/);
    expect((await explain(id, afresh)).verdict).toBe("It counted as 1 of 2.");
  });

  it("says of a held event until when it is held, and of one whose leader came how long it was", async () => {
    const id = await automation(ctx, { trigger: { match: ours(), expect: ["b"] } });
    const leader = randomUUID();
    const waits = await tell("b", { follows: leader });
    await judged(ctx);
    expect(await explain(id, waits)).toMatchObject({
      fired: false,
      verdict: expect.stringMatching(
        `^The event is held until the one that it follows, ${leader}, has been judged`,
      ),
    });
    await tell("a", { id: leader });
    await judged(ctx);
    const explained = await explain(id, waits);
    expect(explained).toMatchObject({ fired: true });
    expect(explained.conditions[1]).toMatchObject({
      path: ["follows"],
      holds: true,
      actual: expect.stringMatching(/^held from .* until /),
    });
  });

  it("answers NotFoundError for an automation or an event that is not there", async () => {
    const id = await automation(ctx, { trigger: { expect: ["a"] } });
    const event = await tell("a");
    const none = randomUUID();
    expect(await explain(none, event)).toEqual({
      __typename: "NotFoundError",
      message: `no automation "${none}"`,
    });
    expect(await explain(id, none)).toEqual({ __typename: "NotFoundError", message: `no event "${none}"` });
  });
});

describe("actions 10.2: an event that the evaluator has not come to", () => {
  it("says how far the evaluator is", async () => {
    const idle = await createTestContext();
    try {
      const id = await automation(idle, { trigger: { expect: ["a"] } });
      const { id: event } = await emitEvent(idle, { event: "a", resource: { "prefect.resource.id": "x" } });
      const answer = await ask(
        idle,
        "query ($a: ID!, $e: ID!) { explain(automationId: $a, eventId: $e) { ... on Explanation { fired verdict } } }",
        { a: id, e: event },
      );
      expect(at(answer, "explain")).toEqual({
        fired: false,
        verdict:
          "The event has not been judged yet: the evaluator has to take in 2 events first, this one included.",
      });
    } finally {
      await idle.close();
    }
  });
});
