import { afterAll, beforeAll, expect, it } from "vitest";
import type { ShownEvent } from "../../core/action/firing-event.ts";
import { Thing } from "../../core/template/value.ts";
import { ofRecord } from "../../server/automation/of-record.ts";
import { runDeployment } from "../../server/deployment/run-deployment.ts";
import { loadTemplateContext } from "../../server/template/context.ts";
import { createTestContext, type TestContext } from "../support/context.ts";
import { automation } from "../support/engine.ts";
import { inPool, pool } from "../support/work-pools.ts";
import { textOf } from "./support/pages.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const related = (id: string, role: string) => ({ "prefect.resource.id": id, "prefect.resource.role": role });

/** The page's table of names and their fields. */
function described(): Record<string, string[]> {
  const [, table = ""] = textOf("docs/templates.md").split("| name | its fields |\n|---|---|\n");
  const rows = table.split("\n\n")[0]?.matchAll(/^\| `([a-z_.]+)` \| (.+) \|$/gm) ?? [];
  return Object.fromEntries(
    [...rows].map(([, name = "", fields = ""]) => [name, fields.replaceAll("`", "").split(", ")]),
  );
}

it("the page's table has every field of what templates see", async () => {
  const { id: poolId, name, queueId } = await pool(ctx);
  const run = await runDeployment(ctx, { deployment: await inPool(ctx, name) });
  const watching = await automation(ctx, { trigger: { expect: ["e"] }, actions: [{ type: "do-nothing" }] });
  const row = await ctx.prisma.automation.findUniqueOrThrow({ where: { id: watching } });
  const event: ShownEvent = {
    id: run,
    event: "e",
    occurred: "2026-11-21T09:00:00.000Z",
    received: "2026-11-21T09:00:00.000Z",
    resource: { "prefect.resource.id": `prefect.flow-run.${run}` },
    related: [
      related(`prefect.work-queue.${queueId}`, "work-queue"),
      related(`prefect.work-pool.${poolId}`, "work-pool"),
    ],
    payload: {},
    follows: null,
  };
  const firing = {
    id: null,
    triggerId: null,
    state: "Triggered",
    labels: {},
    event,
    metricValue: null,
  } as const;
  const context = await loadTemplateContext(
    ctx.db,
    {
      automation: { id: row.id, ...ofRecord(row) },
      event,
      labels: {},
      firings: [{ ...firing, triggered: ctx.now() }],
    },
    new Set(["flow_run", "flow", "deployment", "work_pool", "work_queue", "automation"]),
    ctx.now(),
  );
  for (const [name, fields] of Object.entries(described())) {
    const [thing = "", ...inner] = name.split(".");
    const found = inner.reduce<unknown>((value, key) => fieldsOf(value)[key], context[thing]);
    expect(fields, name).toEqual(Object.keys(fieldsOf(found)));
  }
  expect(Object.keys(described()).length).toBe(8);
});

function fieldsOf(value: unknown): Record<string, unknown> {
  return value instanceof Thing ? { ...value.fields } : { ...(value as object) };
}
