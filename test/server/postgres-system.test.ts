import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setFlowRunState } from "../../server/flow-run/set-flow-run-state.ts";
import { startExecution } from "../../server/flow-run/start-execution.ts";
import { suspend } from "../../server/flow-run/suspend.ts";
import { resume } from "../../server/pause/resume.ts";
import { migrate } from "../../server/postgres/migrate.ts";
import { claimInputs } from "../../server/run-input/claim-inputs.ts";
import { sendInput } from "../../server/run-input/send-input.ts";
import { ask, at } from "../support/ask.ts";
import { createTestContext, type TestContext } from "../support/context.ts";
import { askFor, calledRun, claim, inputOf, readRun, servedRun } from "../support/runs.ts";
import {
  type SystemPostgres,
  startSystemPostgres,
  systemPostgresFolder,
} from "../support/system-postgres.ts";

const folder = systemPostgresFolder();

describe.skipIf(folder === null)(
  `on the system's own Postgres (${folder ?? "none of version 15 or later is installed"})`,
  () => {
    let postgres: SystemPostgres;
    let ctx: TestContext;

    beforeAll(async () => {
      postgres = await startSystemPostgres(folder ?? "");
      await migrate(postgres.url, path.join(import.meta.dirname, "../../prisma/migrations"));
      ctx = await createTestContext({}, postgres.url);
    });

    afterAll(async () => {
      await ctx.close();
      postgres.stop();
    });

    it("a run asks, is answered, and completes", async () => {
      const run = await calledRun(ctx);
      await askFor(ctx, run);
      await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
      expect((await inputOf(ctx, run.flowRunId, "paused-1-response"))?.value).toEqual({
        approved: true,
      });
      await setFlowRunState(ctx, { ...run, state: { type: "COMPLETED" } });
      expect((await readRun(ctx, run.flowRunId)).stateType).toBe("COMPLETED");
    });

    it("a suspended run is claimed again", async () => {
      const run = await servedRun(ctx, "system");
      await suspend(ctx, { flowRunId: run.flowRunId });
      await resume(ctx, { flowRunId: run.flowRunId });
      const again = await claim(ctx, "system");
      expect(again?.flowRunId).toBe(run.flowRunId);
      if (again) expect((await startExecution(ctx, again)).execution).toBeGreaterThan(run.execution);
    });

    it("a message is sent, claimed, and read over the API", async () => {
      const run = await calledRun(ctx);
      await sendInput(ctx, { flowRunId: run.flowRunId, inputType: "string", value: "hello" });
      const channel = { inputType: "string" };
      const claimed = await claimInputs(ctx, { ...run, channel, consumer: ctx.newId(), limit: 10 });
      expect(claimed.map(({ value }) => value)).toEqual(["hello"]);
      const answer = await ask(
        ctx,
        `query ($id: ID!) { flowRun(id: $id) { inputs(first: 5) { nodes { value } } } }`,
        {
          id: run.flowRunId,
        },
      );
      expect(at(answer, "flowRun.inputs.nodes.0.value")).toBe("hello");
    });
  },
);
