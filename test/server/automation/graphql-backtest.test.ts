import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deleteAutomation } from "../../../server/automation/delete-automation.ts";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { ask, at } from "../../support/ask.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation } from "../../support/engine.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const query = `query ($trigger: TriggerInput, $document: JSON, $automationId: ID, $events: [BacktestEventInput!], $start: DateTime!, $until: DateTime!) {
  backtest(trigger: $trigger, document: $document, automationId: $automationId, events: $events, start: $start, until: $until) {
    __typename
    ... on Backtest { evaluatedEvents matchedEvents firings { state triggered time id triggeringLabels triggeringEventIndex triggeringEventId countedEventIds } }
    ... on InvalidInputError { message issues { path message } }
    ... on NotFoundError { message }
  } }`;

const second = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();

/** An animal's walk, so many seconds from the start. */
const walk = (animal: string, occurred: number, more: object = {}) => ({
  event: "animal.walked",
  resource: { "prefect.resource.id": animal },
  occurred: second(occurred),
  ...more,
});

const party = { expect: ["animal.walked"], for_each: ["prefect.resource.id"], threshold: 2, within: 10 };

/** What is looked at of an answer. */
interface Report {
  firings: { id: string | null }[];
  issues: { path: string[]; message: string }[];
}

async function backtest(variables: Record<string, unknown>): Promise<Report> {
  const answer = await ask(ctx, query, { start: second(0), until: second(60), ...variables });
  return at(answer, "backtest") as Report;
}

describe("triggers 16: a backtest over given events", () => {
  const events = [
    walk("woodchuck.1", 1, { id: "first" }),
    walk("woodchuck.2", 2, { id: "second" }),
    walk("woodchuck.1", 3, { id: "third", received: second(5) }),
    walk("snake", 4, { id: "third" }),
    { ...walk("snake", 4), event: "animal.slept", id: "slept" },
  ];
  const fired = {
    state: "TRIGGERED",
    triggered: second(5),
    time: second(3),
    id: null,
    triggeringLabels: { "prefect.resource.id": "woodchuck.1" },
    triggeringEventIndex: 2,
    triggeringEventId: "third",
    countedEventIds: ["first", "third"],
  };

  it("tells of each firing when, for what and by which events, and leaves redeliveries out", async () => {
    expect(await backtest({ document: party, events })).toEqual({
      __typename: "Backtest",
      evaluatedEvents: 4,
      matchedEvents: 3,
      firings: [fired],
    });
  });

  it("takes the trigger as typed input likewise", async () => {
    const trigger = {
      event: { expect: ["animal.walked"], forEach: ["prefect.resource.id"], threshold: 2, within: 10 },
    };
    expect(await backtest({ trigger, events })).toMatchObject({ firings: [fired] });
  });

  it("runs the clock on to `until`, which is included, and names no event where the clock fires", async () => {
    const silence = { posture: "Proactive", after: ["animal.walked"], expect: ["animal.slept"], within: 30 };
    const once = [walk("snake", 10, { id: "walk" })];
    expect(await backtest({ document: silence, events: once, until: second(39.999) })).toMatchObject({
      firings: [],
    });
    expect(await backtest({ document: silence, events: once, until: second(40) })).toMatchObject({
      firings: [
        { triggered: second(40), time: second(40), triggeringEventIndex: null, triggeringEventId: null },
      ],
    });
  });

  it("does not deliver what is received after `until`", async () => {
    const late = [walk("snake", 1), walk("snake", 2, { received: second(61) })];
    expect(await backtest({ document: party, events: late })).toMatchObject({
      evaluatedEvents: 1,
      firings: [],
    });
  });

  it("gives the ids that live firings have only with `automationId`", async () => {
    const id = await automation(ctx, { trigger: party });
    const first = (await backtest({ automationId: id, events })).firings[0];
    const again = (await backtest({ automationId: id, events })).firings[0];
    expect(first?.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(again?.id).toBe(first?.id);
  });
});

describe("triggers 16: what a backtest refuses", () => {
  it("a `received` that falls, naming the event", async () => {
    const events = [walk("snake", 1, { received: second(9) }), walk("snake", 2, { received: second(8) })];
    expect(await backtest({ document: party, events })).toMatchObject({
      __typename: "InvalidInputError",
      issues: [
        {
          path: ["events", "1", "received"],
          message: `${second(8)} is before the \`received\` of the event before it, ${second(9)}`,
        },
      ],
    });
    const early = [walk("snake", 1, { received: second(-1) })];
    expect(await backtest({ document: party, events: early })).toMatchObject({
      issues: [{ path: ["events", "0", "received"] }],
    });
  });

  it("events that break the rules of events, with every problem and its place", async () => {
    const events = [
      { event: "", resource: {}, occurred: second(1), id: "" },
      { event: "a", resource: { "prefect.resource.id": 1 }, related: [{ x: "y" }], occurred: second(1) },
    ];
    const refused = await backtest({ document: party, events });
    expect(refused.issues.map(({ path }) => path.join("."))).toEqual([
      "events.0.event",
      "events.0.resource.prefect.resource.id",
      "events.0.id",
      "events.1.resource.prefect.resource.id",
      "events.1.related.0.prefect.resource.id",
      "events.1.related.0.prefect.resource.role",
    ]);
  });

  it("more or fewer than one of `trigger`, `document` and `automationId`", async () => {
    const refused = {
      __typename: "InvalidInputError",
      issues: [{ path: [], message: expect.stringContaining("exactly one of") }],
    };
    expect(await backtest({})).toMatchObject(refused);
    expect(await backtest({ document: party, trigger: { event: {} } })).toMatchObject(refused);
  });

  it("a trigger that is not valid, in the words of its parser", async () => {
    expect(await backtest({ document: { ...party, threshold: -1 } })).toMatchObject({
      __typename: "InvalidInputError",
      issues: [{ path: ["threshold"] }],
    });
  });

  it("an end before the start", async () => {
    expect(await backtest({ document: party, until: second(-1) })).toMatchObject({
      issues: [{ path: ["until"] }],
    });
  });

  it("an automation that is not there, or not any more", async () => {
    const id = await automation(ctx, { trigger: party });
    await deleteAutomation(ctx, id);
    for (const automationId of [id, "none"]) {
      expect(await backtest({ automationId })).toEqual({
        __typename: "NotFoundError",
        message: `no automation "${automationId}"`,
      });
    }
  });

  it("more than 100,000 given events, naming the limit", async () => {
    const events = Array.from({ length: 100_001 }, () => walk("snake", 1));
    expect(await backtest({ document: party, events })).toMatchObject({
      issues: [{ path: ["events"], message: expect.stringContaining("at most 100000") }],
    });
  });

  it("more than 100,000 firings, naming the limit", async () => {
    const silence = { posture: "Proactive", expect: ["animal.walked"], within: 10 };
    expect(await backtest({ document: silence, events: [], until: second(2_000_000) })).toMatchObject({
      __typename: "InvalidInputError",
      issues: [{ message: expect.stringContaining("at most 100000 firings") }],
    });
  });
});

describe("triggers 16: a backtest over the stored log", () => {
  it("delivers what was received in the time, and no event about the automation itself", async () => {
    const start = new Date();
    const id = await automation(ctx, { trigger: { expect: [] } });
    const { id: event } = await emitEvent(ctx, {
      event: "animal.walked",
      resource: { "prefect.resource.id": "snake" },
    });
    const until = new Date(Date.now() + 60_000);
    const report = await backtest({
      automationId: id,
      start: start.toISOString(),
      until: until.toISOString(),
    });
    expect(report).toMatchObject({
      evaluatedEvents: 2,
      matchedEvents: 1,
      firings: [{ triggeringEventId: event, triggeringEventIndex: null, countedEventIds: [event] }],
    });
    const before = await backtest({ document: party, start: second(0), until: second(60) });
    expect(before).toMatchObject({ evaluatedEvents: 0, firings: [] });
  });
});
