import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ShownEvent } from "../../../core/action/firing-event.ts";
import { parseAutomationDocument, parseAutomationInput } from "../../../core/automation/parse.ts";
import { InvalidInputError, NotFoundError } from "../../../core/error.ts";
import type { Labels } from "../../../core/event/event.ts";
import { checkTemplates } from "../../../server/automation/check-templates.ts";
import { createAutomation } from "../../../server/automation/create-automation.ts";
import type { Executor } from "../../../server/db.ts";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { loadTemplateContext } from "../../../server/template/context.ts";
import type { SeenFiring, TemplateOccasion } from "../../../server/template/occasion.ts";
import { previewTemplate } from "../../../server/template/preview.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { pool, worker } from "../../support/work-pools.ts";

const flowId = "0198f3a2-0000-7000-8000-00000000000a";
const deploymentId = "0198f3a2-0000-7000-8000-00000000000b";
const runId = "0198f3a2-0000-7000-8000-00000000000c";
const run = `prefect.flow-run.${runId}`;

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
  await ctx.db.query(sql`INSERT INTO flow (id, name) VALUES (${flowId}::uuid, 'etl')`);
  await ctx.db.query(sql`
    INSERT INTO deployment (id, flow_id, name, version, tags, parameters)
    VALUES (${deploymentId}::uuid, ${flowId}::uuid, 'nightly', '2', '{}', '{"a": 1}')`);
  await ctx.db.query(sql`
    INSERT INTO flow_run (id, name, flow_id, deployment_id, parameters, tags, state_id, state_type, state_name, state_message, state_timestamp)
    VALUES (${runId}::uuid, 'bold-owl', ${flowId}::uuid, ${deploymentId}::uuid, '{"a": 2}', '{x,y}', ${runId}::uuid, 'COMPLETED', 'Completed',
      'All done', '2026-11-21T10:00:00Z')`);
});
afterAll(() => ctx.close());

const state = {
  "prefect.state-message": "It broke",
  "prefect.state-name": "Failed",
  "prefect.state-timestamp": "2026-11-21T09:00:00Z",
  "prefect.state-type": "FAILED",
};

function seen(id: string, resource: Labels, related: Labels[] = []): ShownEvent {
  const at = "2026-11-21T09:00:00.000Z";
  return { id, event: "e", occurred: at, received: at, resource, related, payload: {}, follows: null };
}

function firing(event: ShownEvent | null, labels: Labels = {}): SeenFiring {
  const triggered = new Date("2026-11-21T09:00:01Z");
  return { id: "f", triggerId: "t", state: "Triggered", triggered, labels, event, metricValue: null };
}

function about(event: ShownEvent | null, labels: Labels = {}): TemplateOccasion {
  return { automation: null, event, labels, firings: [firing(event, labels)] };
}

async function rendered(source: string, occasion: TemplateOccasion): Promise<string> {
  const names = await ctx.templates.names([source]);
  const context = await loadTemplateContext(ctx.db, occasion, names, ctx.now());
  return (await ctx.templates.renderText([source], context))[0] ?? "";
}

const shown = "{{ flow_run.state.name }}/{{ flow_run.state.message }}/{{ flow_run.state.timestamp }}";
const stored = "Completed/All done/2026-11-21T10:00:00.000Z";

describe("actions 3.2: the objects that an event is about", () => {
  it("are found in it, with what the run itself says", async () => {
    const source =
      "{{ flow_run.name }} {{ flow_run.tags|join(',') }} {{ flow_run.parameters.a }} {{ flow.name }} {{ deployment.name }} {{ deployment.version }} {{ deployment.parameters }} {{ flow_run|ui_url }}";
    expect(await rendered(source, about(seen("1", { "prefect.resource.id": run })))).toBe(
      `bold-owl x,y 2 etl nightly 2 {"a":1} ${ctx.settings.publicUrl}/runs/${runId}`,
    );
  });

  it("a work queue comes with its health, and with its pool", async () => {
    const { id, name, queueId } = await pool(ctx);
    const source =
      "{{ work_queue.name }} {{ work_queue.healthy }} {{ work_queue.late_runs_count }} {{ work_queue.last_polled }} {{ work_pool.name }} {{ work_pool.status }}";
    const event = seen("1", { "prefect.resource.id": `prefect.work-queue.${queueId}` }, [
      { "prefect.resource.id": `prefect.work-pool.${id}`, "prefect.resource.role": "work-pool" },
    ]);
    expect(await rendered(source, about(event))).toBe(`default false 0 null ${name} NOT_READY`);
    expect(await rendered("{{ work_pool.last_polled }}", about(event))).toBe("null");
    await worker(ctx, name);
    expect(await rendered("{{ work_queue.healthy }} {{ work_pool.status }}", about(event))).toBe(
      "true READY",
    );
    const { polledAt } = await ctx.prisma.workQueue.findUniqueOrThrow({ where: { id: queueId } });
    expect(await rendered("{{ work_pool.last_polled }} {{ work_queue.last_polled }}", about(event))).toBe(
      `${polledAt?.toISOString()} ${polledAt?.toISOString()}`,
    );
  });

  it("actions 49: the state is the event's, though the run has moved on", async () => {
    expect(await rendered(shown, about(seen("1", { "prefect.resource.id": run, ...state })))).toBe(
      "Failed/It broke/2026-11-21T09:00:00.000Z",
    );
  });

  it.each([
    ["a label is missing", { "prefect.state-type": undefined }],
    ["the time cannot be read", { "prefect.state-timestamp": "soon" }],
    ["the type is none", { "prefect.state-type": "GONE" }],
  ])("actions 50: the stored state, where %s", async (_name, change) => {
    const labels = Object.entries({ "prefect.resource.id": run, ...state, ...change });
    const resource = Object.fromEntries(
      labels.flatMap(([label, value]) => (value === undefined ? [] : [[label, value]])),
    );
    expect(await rendered(shown, about(seen("1", resource)))).toBe(stored);
  });

  it("actions 51: an empty message is one", async () => {
    const resource = { "prefect.resource.id": run, ...state, "prefect.state-message": "" };
    expect(await rendered(shown, about(seen("1", resource)))).toBe("Failed//2026-11-21T09:00:00.000Z");
  });

  it("actions 1.0: where the event tells of the firing, the state is the one of the event that made it fire", async () => {
    const failed = seen("1", { "prefect.resource.id": run, ...state });
    const told = seen("2", { "prefect.resource.id": "prefect.automation.a" });
    const occasion = { ...about(failed), event: told };
    expect(await rendered(shown, occasion)).toBe("Failed/It broke/2026-11-21T09:00:00.000Z");
    expect(await rendered(shown, { ...occasion, firings: [firing(told)] })).toBe("//");
  });

  it("are found without an event by the triggering labels", async () => {
    const source = "{{ event }}|{{ flow_run.name }}|{{ flow.name }}|{{ deployment.name }}";
    expect(await rendered(source, about(null, { "prefect.resource.id": run }))).toBe(
      "null|bold-owl|etl|nightly",
    );
  });

  it("actions 52: are nothing where there are none, or where they are gone", async () => {
    const gone = `prefect.flow-run.${flowId}`;
    for (const id of ["order.1", "prefect.flow-run.no-uuid", gone])
      expect(
        await rendered(
          "[{{ flow_run.name }}{{ flow.name }}]",
          about(seen("1", { "prefect.resource.id": id })),
        ),
      ).toBe("[]");
  });

  it("actions 53: are looked up once, and only where a template names them", async () => {
    const queries: string[] = [];
    const counting: Executor = {
      query: (statement) => {
        queries.push(statement.text);
        return ctx.db.query(statement);
      },
    };
    const occasion = about(seen("1", { "prefect.resource.id": run }));
    const sources = ["{{ flow_run.name }}", "{{ flow_run.id }} {{ flow_run.tags }}"];
    await loadTemplateContext(counting, occasion, await ctx.templates.names(sources), ctx.now());
    expect(queries).toHaveLength(1);
    await loadTemplateContext(counting, occasion, await ctx.templates.names(["{{ event.id }}"]), ctx.now());
    expect(queries).toHaveLength(1);
  });

  it("actions 58: all firings of a composite, the outer first, and each event once", async () => {
    const [one, two] = [seen("1", { "prefect.resource.id": "a" }), seen("2", { "prefect.resource.id": "b" })];
    const occasion = { ...about(two), firings: [firing(two), firing(one), firing(two)] };
    const source =
      "{{ firings|length }} {{ events|length }} {{ firings[0].triggering_event.id }} {{ events|map(attribute='id')|join(',') }}";
    expect(await rendered(source, occasion)).toBe("3 2 2 2,1");
  });
});

describe("actions 3.1: saving an automation", () => {
  const document = (parameters: object) => ({
    name: `checked ${Math.random()}`,
    trigger: { type: "event", expect: ["order.complete"] },
    actions: [{ type: "run-deployment", deployment_id: deploymentId, parameters }],
  });
  const issuesOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (cause: unknown) => cause,
    );
    return error instanceof InvalidInputError ? error.issues : error;
  };

  it("actions 31: refuses every broken template with its path, line and column, and stores nothing", async () => {
    const wrong = document({
      a: ["{{ event.id }}", { b: "x\n{{ event.id | upr }}" }],
      c: "{% include 'x' %}",
    });
    const issues = await issuesOf(createAutomation(ctx, parseAutomationDocument(wrong)));
    expect(issues).toEqual([
      {
        path: ["actions", "0", "parameters", "a", "1", "b"],
        message: expect.stringMatching(
          /there is no filter "upr"; did you mean "upper"\? \(line 2, column 15\)/,
        ),
      },
      {
        path: ["actions", "0", "parameters", "c"],
        message: expect.stringContaining("the tag include is not allowed"),
      },
    ]);
    expect(await ctx.prisma.automation.count({ where: { name: wrong.name } })).toBe(0);
  });

  it("names the places of typed input as it was given", async () => {
    const input = {
      name: "typed",
      trigger: { event: { expect: ["a"] } },
      actions: [{ runDeployment: { deployment: { id: deploymentId }, parameters: { x: "{{ a b }}" } } }],
    };
    const issues = await issuesOf(checkTemplates(ctx, parseAutomationInput(input), "input"));
    expect(issues).toMatchObject([{ path: ["actions", "0", "runDeployment", "parameters", "x"] }]);
  });

  it("takes good ones", async () => {
    await createAutomation(
      ctx,
      parseAutomationDocument(document({ a: "{{ flow_run.name|default('none', true)|upper }}" })),
    );
  });
});

describe("previewTemplate", () => {
  const event = {
    event: "order.complete",
    resource: { "prefect.resource.id": "order.1", "prefect.resource.name": "One" },
    payload: { n: 10 },
  };

  it("renders over a stored event as an automation would see it", async () => {
    const { id: eventId } = await emitEvent(ctx, event);
    const automationId = await createAutomation(
      ctx,
      parseAutomationDocument({
        name: "previewed",
        trigger: { type: "event", expect: ["order.complete"], for_each: ["prefect.resource.id"] },
        actions: [{ type: "do-nothing" }],
      }),
    );
    const preview = (template: string, automation: string | null = automationId) =>
      previewTemplate(ctx, { template, eventId, automationId: automation });
    expect(await preview("{{ automation.name }}: {{ event.resource.name }} {{ labels.id }}")).toEqual({
      text: "previewed: One order.1",
      value: undefined,
    });
    expect(await preview("{{ event.payload.n }}")).toEqual({ text: "10", value: 10 });
    expect(await preview("[{{ automation.name }}]", null)).toMatchObject({ text: "[]" });
    await expect(preview("{{ event.id")).rejects.toThrow(InvalidInputError);
    await expect(preview("{{ 1 / 0 }}")).rejects.toThrow("division by zero");
  });

  it("says what is not there", async () => {
    const missing = { template: "x", eventId: ctx.newId(), automationId: null };
    await expect(previewTemplate(ctx, missing)).rejects.toThrow(NotFoundError);
    await expect(previewTemplate(ctx, { ...missing, automationId: ctx.newId() })).rejects.toThrow(
      NotFoundError,
    );
  });
});
