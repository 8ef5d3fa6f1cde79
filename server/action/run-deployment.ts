import { findTarget } from "../../core/action/find-target.ts";
import type { RunDeployment } from "../../core/automation/action.ts";
import { NotFoundError } from "../../core/error.ts";
import { relatedResource } from "../../core/flow-run/told-run.ts";
import { isPlainObject, type Json, type JsonObject } from "../../core/json.ts";
import { isPlaceholder } from "../../core/template/is-placeholder.ts";
import { UnresolvedError } from "../../core/template/rendering.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { type DeploymentRow, findDeployment } from "../deployment/find-deployment.ts";
import { scheduleRun } from "../deployment/run-deployment.ts";
import { announceNewRun } from "../flow-run/create-flow-run.ts";
import { hideSecrets, type SecretMembers, secretMembers } from "../variable/hide-secrets.ts";
import { done, type Effect, failed, failedBy } from "./effect.ts";
import type { Occasion } from "./occasion.ts";
import { type Rendered, renderJson } from "./render.ts";

/** Schedules a run of the deployment that the action names, or that what happened is about (actions.md 1.3). */
export async function runDeploymentAction(
  tx: Transaction,
  ctx: Context,
  action: RunDeployment,
  occasion: Occasion,
): Promise<Effect> {
  const { run, sources } = occasion;
  const found = findTarget("deployment", action.deployment, sources);
  if ("reason" in found) return failed(found.reason);
  const deployment = await findDeployment(tx, found.id);
  if (deployment === null) return failedBy(new NotFoundError("deployment", found.id), null);
  const target = relatedResource(`prefect.deployment.${deployment.id}`, "target", deployment.name);
  const due = new Date(run.triggered.getTime() + action.scheduleAfter * 1000);
  let parameters = nothing;
  let jobVariables = nothing;
  try {
    const { strict } = action;
    parameters = await renderJson(tx, ctx, action.parameters ?? {}, occasion, { kinds: true, strict });
    // They are for workers; who serves the deployment has no use for them.
    if (action.jobVariables !== undefined && deployment.queue !== null)
      jobVariables = await renderJson(tx, ctx, action.jobVariables, occasion, { kinds: true, strict });
    const started = await scheduleRun(
      tx,
      ctx,
      {
        deployment: deployment.id,
        parameters: asDeclared(parameters.value, deployment),
        jobVariables: jobVariables.value,
        scheduledTime: due > ctx.now() ? due : null,
        idempotencyKey: run.id,
      },
      {
        creator: { resource: `prefect.automation.${run.automationId}`, name: run.automation.name },
        chain: run.chain,
      },
    );
    const name = started.event?.resource["prefect.resource.name"];
    const already = started.event === null;
    return done(
      { flow_run_id: started.id, status_code: 201, ...(already && { already }) },
      [target, relatedResource(`prefect.flow-run.${started.id}`, "flow-run", name)],
      {
        events: started.event === null ? [] : [started.event],
        committed: () => announceNewRun(ctx, started.id),
      },
    );
  } catch (error) {
    // Whatever is wrong with the parameters was found before anything was written.
    const doing = error instanceof UnresolvedError ? "Unable to create flow run from deployment" : null;
    const told = hideSecrets(
      hideSecrets(error, "parameters", secretsOf(action.parameters, parameters)),
      "jobVariables",
      secretsOf(action.jobVariables, jobVariables),
    );
    return failedBy(told, doing, [target]);
  }
}

const nothing: Rendered = { value: null, secretPlaces: [] };

function secretsOf(given: JsonObject | null | undefined, { secretPlaces }: Rendered): SecretMembers {
  return secretMembers(secretPlaces, isPlaceholder(given ?? {}));
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
