import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emittedEventId } from "../../../core/action/emitted-event.ts";
import type { JsonObject } from "../../../core/json.ts";
import { runAction } from "../../../server/action/run-action.ts";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation, firingsOf } from "../../support/engine.ts";
import { acted, actionEvents, actionRunsOf, storedAction, unexpected } from "../../support/fired.ts";
import { judgeAll } from "../../support/virtual-log.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const order = (): string => `order.${randomUUID()}`;
const about = (id: string) => ({ "prefect.resource.id": id });

/** What of an emit-event action came. */
async function emitted(action: JsonObject, payload: JsonObject = {}) {
  const id = order();
  const done = await acted(ctx, [{ type: "emit-event", event: "order.late", ...action }], {
    resource: about(id),
    payload,
  });
  const actionRun = done.runs[0] ?? "";
  return { ...done, id, actionRun, action: await storedAction(ctx, actionRun) };
}

const storedEvent = (actionRun: string) =>
  ctx.prisma.event.findMany({ where: { id: emittedEventId(actionRun) } });

describe("actions 1.2: emitting an event", () => {
  it("its name, labels and payload are filled in; what is one expression keeps its type in the payload only", async () => {
    const { id, eventId, automationId, actionRun, action } = await emitted(
      {
        event: "order.{{ event.payload.what }}",
        resource: { "prefect.resource.id": "{{ event.resource.id }}.late", days: "{{ event.payload.days }}" },
        related: [
          { "prefect.resource.id": "{{ event.resource.id }}", "prefect.resource.role": "order" },
          { "prefect.resource.id": "customer.1", "prefect.resource.role": "customer" },
        ],
        payload: { days: "{{ event.payload.days }}", all: ["{{ event.payload.missing }}", "x", 1, null] },
      },
      { what: "late", days: 3 },
    );
    const [event] = await storedEvent(actionRun);
    expect(action).toMatchObject({ status: "SUCCEEDED", result: { event_id: event?.id } });
    expect(event).toMatchObject({
      event: "order.late",
      resource: { "prefect.resource.id": `${id}.late`, days: "3" },
      related: [
        { "prefect.resource.id": id, "prefect.resource.role": "order" },
        { "prefect.resource.id": "customer.1", "prefect.resource.role": "customer" },
      ],
      payload: { days: 3, all: [null, "x", 1, null] },
      follows: eventId,
      chain: [automationId],
    });
  });

  it("is told before its action, which is related to it", async () => {
    const { actionRun } = await emitted({ resource: about(order()) });
    const [event] = await storedEvent(actionRun);
    const [begun, executed] = await actionEvents(ctx, actionRun);
    expect(begun?.position).toBe(Number(event?.position) + 1);
    expect(executed?.related[0]).toEqual({
      "prefect.resource.id": `prefect.event.${event?.id}`,
      "prefect.resource.role": "emitted-event",
    });
  });

  it("2.3: is there once, however often its action is carried out", async () => {
    const { actionRun } = await emitted({ resource: about(order()) });
    await ctx.prisma.actionRun.update({
      where: { id: actionRun },
      data: { status: "PENDING", attemptsBefore: 1 },
    });
    await runAction(ctx, actionRun, unexpected);
    expect(await storedAction(ctx, actionRun)).toMatchObject({
      status: "SUCCEEDED",
      result: { event_id: emittedEventId(actionRun), already: true },
    });
    expect(await storedEvent(actionRun)).toHaveLength(1);
  });

  it("other automations fire on it, and know what led to it", async () => {
    const id = order();
    const name = `late.${id}`;
    const next = await automation(ctx, {
      name,
      trigger: { expect: [name], match: { "prefect.resource.id": id } },
    });
    const { automationId } = await emitted({ event: name, resource: about(id) });
    await judgeAll(ctx);
    expect(await firingsOf(ctx, next)).toHaveLength(1);
    const [run] = await actionRunsOf(ctx, next);
    await runAction(ctx, run ?? "", unexpected);
    expect((await actionEvents(ctx, run))[0]?.chain).toEqual([automationId, next]);
  });

  it.each([
    ["does not fire on what is about itself", "prefect.automation.{{ automation.id }}", 1],
    ["fires on what is about others", "thing", 2],
  ])("2.5: the automation that emits %s", async (_, resourceId, firings) => {
    const name = order();
    const automationId = await automation(ctx, {
      name,
      trigger: { expect: [`${name}.*`] },
      actions: [{ type: "emit-event", event: `${name}.later`, resource: about(resourceId) }],
    });
    await emitEvent(ctx, { event: `${name}.first`, resource: about("thing") });
    await judgeAll(ctx);
    const [run = ""] = await actionRunsOf(ctx, automationId);
    await runAction(ctx, run, unexpected);
    expect(await storedEvent(run)).toHaveLength(1);
    await judgeAll(ctx);
    expect(await firingsOf(ctx, automationId)).toHaveLength(firings);
  });
});

describe("actions 1.2: what is no event that can be stored", () => {
  const good = about("order.1");

  it.each([
    [
      "a name of the server's own",
      { event: "{{ event.payload.name }}", resource: good },
      { name: "prefect.flow-run.Completed" },
      'event: "prefect.flow-run.Completed" begins with "prefect.", as only the server\'s own events do',
      ["event"],
    ],
    [
      "no name",
      { event: "{{ event.payload.missing }}", resource: good },
      {},
      "event: an event needs a name, such as order.created",
      ["event"],
    ],
    [
      "a name that is too long",
      { event: "{{ event.payload.name }}", resource: good },
      { name: "x".repeat(1025) },
      "event: has 1025 characters; at most 1024 are taken",
      ["event"],
    ],
    [
      "a resource without an id",
      { resource: about("{{ event.payload.missing }}") },
      {},
      "resource.prefect.resource.id: resource id is required: a text that is not empty",
      ["resource", "prefect.resource.id"],
    ],
    [
      "a related resource without a role",
      {
        resource: good,
        related: [{ "prefect.resource.id": "x", "prefect.resource.role": "{{ event.payload.missing }}" }],
      },
      {},
      "related.0.prefect.resource.role: role is required: a text that is not empty",
      ["related", "0", "prefect.resource.role"],
    ],
  ])("%s is a failure that says so", async (_, action, payload, problem, path) => {
    const done = await emitted(action, payload);
    expect(done.action).toMatchObject({
      status: "FAILED",
      error: `Failed to emit the event: ${problem}`,
      result: { status_code: 422, validation_error: [{ path }] },
    });
    expect(await storedEvent(done.actionRun)).toEqual([]);
  });

  it("an undefined name is one where the action is strict", async () => {
    const payload = { who: "{{ event.payload.missing }}" };
    const loose = await emitted({ resource: good, payload });
    expect(await storedEvent(loose.actionRun)).toMatchObject([{ payload: { who: null } }]);
    const { action } = await emitted({ resource: good, payload, strict: true });
    expect(action).toMatchObject({
      status: "FAILED",
      error: expect.stringContaining("Template rendering failed"),
    });
  });
});
