import sql from "sql-template-tag";
import { deploymentEvent } from "../../core/deployment/deployment-event.ts";
import { NotFoundError } from "../../core/error.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";

/** A deployment that was paused or resumed. */
export interface PausedDeployment {
  id: string;
  name: string;
  /** For the transaction's end; none where it was so already. */
  events: NewEvent[];
}

/**
 * Pauses a deployment, or resumes it, in the caller's transaction, which holds it from then on.
 *
 * @param chain the automations that led to it
 * @throws NotFoundError
 */
export async function setDeploymentPaused(
  tx: Executor,
  ctx: Context,
  { id, paused, chain = [] }: { id: string; paused: boolean; chain?: readonly string[] },
): Promise<PausedDeployment> {
  // Not FOR UPDATE: who makes a run of it holds the log when its reference to the deployment is checked.
  const [before] = isId(id)
    ? await tx.query<Before>(sql`
        SELECT d.id, d.name, d.flow_id, f.name AS flow_name, d.tags, d.version, d.paused, clock_timestamp() AS at
        FROM deployment d JOIN flow f ON f.id = d.flow_id WHERE d.id = ${id}::uuid FOR NO KEY UPDATE OF d`)
    : [];
  if (before === undefined) throw new NotFoundError("deployment", id);
  const { name, tags, version, at } = before;
  if (before.paused === paused) return { id: before.id, name, events: [] };
  await tx.query(
    sql`UPDATE deployment SET paused = ${paused}, updated_at = now() WHERE id = ${before.id}::uuid`,
  );
  const flow = { id: before.flowId, name: before.flowName };
  const event = deploymentEvent(
    ctx.newId(),
    { id: before.id, name, flow, tags, version, paused },
    { verb: "updated", changed: ["paused"] },
  );
  return { id: before.id, name, events: [{ ...event, occurred: at, follows: null, chain }] };
}

interface Before {
  id: string;
  name: string;
  flowId: string;
  flowName: string;
  tags: string[];
  version: string | null;
  paused: boolean;
  at: Date;
}
