import type { Labels } from "../../core/event/event.ts";
import { maxRelated } from "../../core/event/fit.ts";
import { relatedRun, relatedToRun } from "../../core/flow-run/told-run.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { findRun, toldRun } from "../flow-run/run.ts";
import { perDb, Recent } from "../recent.ts";

/** What an event gets from the run whose code emits it. */
export interface EmittingRun {
  /** The run, its flow, its deployment and their tags. */
  related: readonly Labels[];
  /** The automations that led to it, first to last. */
  chain: readonly string[];
}

/** Nothing of it changes while a run emits. */
const known = perDb(() => new Recent<EmittingRun>(1_000));

/** The run of this id, as its events show it. */
export async function emittingRun(ctx: Context, flowRunId: string): Promise<EmittingRun | "unknown"> {
  if (!isId(flowRunId)) return "unknown";
  const id = flowRunId.toLowerCase();
  const remembered = known(ctx.db).get(id);
  if (remembered !== undefined) return remembered;
  const run = await findRun(ctx.db, id);
  if (run === null) return "unknown";
  const told = toldRun(run);
  const emitting = { related: [relatedRun(told), ...relatedToRun(told)], chain: told.chain };
  known(ctx.db).set(id, emitting);
  return emitting;
}

/** The related resources of an event and those of the run that it does not name itself, as far as there is room. */
export function withRun(related: readonly Labels[], run: EmittingRun): Labels[] {
  const named = new Set(related.map((labels) => labels["prefect.resource.id"]));
  const more = run.related.filter((labels) => !named.has(labels["prefect.resource.id"]));
  return [...related, ...more].slice(0, Math.max(maxRelated, related.length));
}
