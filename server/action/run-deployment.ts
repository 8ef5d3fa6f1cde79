import { inferId } from "../../core/action/infer.ts";
import { render } from "../../core/action/template.ts";
import type { RunDeployment } from "../../core/automation/action.ts";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import type { Labels } from "../../core/event/event.ts";
import { relatedResource } from "../../core/flow-run/told-run.ts";
import { isPlainObject, type Json, type JsonObject } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { type DeploymentRow, findDeployment } from "../deployment/find-deployment.ts";
import { scheduleRun } from "../deployment/run-deployment.ts";
import { announceNewRun } from "../flow-run/create-flow-run.ts";
import type { Effect, Occasion } from "./act.ts";

/** Schedules a run of the deployment that the action names, or that what happened is about (actions.md 1.3). */
export async function runDeploymentAction(
  tx: Transaction,
  ctx: Context,
  action: RunDeployment,
  { run, event, events }: Occasion,
): Promise<Effect> {
  const id =
    action.deployment.source === "selected" ? action.deployment.id : inferId("prefect.deployment", events);
  if (id === null)
    return failed(
      events.length === 0 ? "No event to infer the deployment" : "No deployment could be inferred",
    );
  const deployment = await findDeployment(tx, id);
  if (deployment === null) return failed(new NotFoundError("deployment", id).message);
  const target = relatedResource(`prefect.deployment.${deployment.id}`, "target", deployment.name);
  const parameters = render(action.parameters ?? {}, {
    event: event === null ? null : { ...event, ...plain(event) },
  });
  const due = new Date(run.triggered.getTime() + action.scheduleAfter * 1000);
  try {
    const started = await scheduleRun(
      tx,
      ctx,
      {
        deployment: deployment.id,
        parameters: asDeclared(parameters, deployment),
        scheduledTime: due > ctx.now() ? due : null,
        idempotencyKey: run.id,
      },
      {
        creator: { resource: `prefect.automation.${run.automationId}`, name: run.automation.name },
        chain: run.chain,
      },
    );
    const name = started.event?.resource["prefect.resource.name"];
    return {
      outcome: {
        status: "SUCCEEDED",
        related: [target, relatedResource(`prefect.flow-run.${started.id}`, "flow-run", name)],
        result: { flow_run_id: started.id },
      },
      events: started.event === null ? [] : [started.event],
      committed: () => announceNewRun(ctx, started.id),
    };
  } catch (error) {
    // Whatever is wrong with the parameters was found before anything was written.
    if (!(error instanceof InvalidInputError)) throw error;
    return failed(error.message, [target], { validation_error: error.issues.map((issue) => ({ ...issue })) });
  }
}

function failed(reason: string, related: readonly Labels[] = [], result: JsonObject = {}): Effect {
  return { outcome: { status: "FAILED", reason, related, result }, events: [] };
}

/** Labels as JSON that may be written. */
function plain({ resource, related }: { resource: Labels; related: readonly Labels[] }) {
  return { resource: { ...resource }, related: related.map((labels) => ({ ...labels })) };
}

/** A parameter that is declared as text takes any other value as its JSON. */
function asDeclared(parameters: Json, { parameterSchema }: DeploymentRow): Json {
  const declared = isPlainObject(parameterSchema) ? parameterSchema.properties : undefined;
  if (!isPlainObject(declared) || !isPlainObject(parameters)) return parameters;
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      const schema = Object.hasOwn(declared, name) ? declared[name] : undefined;
      const isText = isPlainObject(schema) && schema.type === "string";
      return [name, isText && value !== null && typeof value !== "string" ? JSON.stringify(value) : value];
    }),
  );
}
