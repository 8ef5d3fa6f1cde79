import type { ShownEvent } from "../../core/action/firing-event.ts";
import { inferId } from "../../core/action/infer.ts";
import { isId } from "../../core/id.ts";
import type { TemplateValue } from "../../core/template/value.ts";
import type { Executor } from "../db.ts";
import { stateFromEvent } from "./event-state.ts";
import type { TemplateOccasion } from "./occasion.ts";
import { type InvolvedRun, loadDeployment, loadFlow, loadRun, runThing } from "./things.ts";
import { loadWorkPool, loadWorkQueue } from "./work-things.ts";

const kinds = ["flow", "deployment", "flow_run", "work_pool", "work_queue"] as const;

/** The objects that what happened is about, as far as they are named: each the first involved resource of its kind, null where there is none. */
export async function loadInvolved(
  db: Executor,
  occasion: TemplateOccasion,
  names: ReadonlySet<string>,
): Promise<Record<string, TemplateValue>> {
  if (!kinds.some((kind) => names.has(kind))) return {};
  const runId = involvedId("prefect.flow-run", occasion);
  const ids = {
    flow: involvedId("prefect.flow", occasion),
    deployment: involvedId("prefect.deployment", occasion),
    workPool: involvedId("prefect.work-pool", occasion),
    workQueue: involvedId("prefect.work-queue", occasion),
  };
  // A run says what it is a run of, where nothing else does.
  const viaRun =
    (names.has("flow") && ids.flow === null) || (names.has("deployment") && ids.deployment === null);
  const run = runId !== null && (names.has("flow_run") || viaRun) ? await loadRun(db, runId) : null;
  const loaded: Record<string, TemplateValue> = {};
  if (names.has("flow_run")) loaded.flow_run = shownRun(run, occasion);
  if (names.has("flow")) loaded.flow = await load(loadFlow, ids.flow ?? run?.flowId ?? null, db);
  if (names.has("deployment"))
    loaded.deployment = await load(loadDeployment, ids.deployment ?? run?.deploymentId ?? null, db);
  if (names.has("work_pool")) loaded.work_pool = await load(loadWorkPool, ids.workPool, db);
  if (names.has("work_queue")) loaded.work_queue = await load(loadWorkQueue, ids.workQueue, db);
  return loaded;
}

function load(
  find: (db: Executor, id: string) => Promise<TemplateValue>,
  id: string | null,
  db: Executor,
): Promise<TemplateValue> {
  return id === null ? Promise.resolve(null) : find(db, id);
}

/** The run may have moved on since: the state is the one that the first of the events that tells of it does. */
function shownRun(run: InvolvedRun | null, occasion: TemplateOccasion): TemplateValue {
  if (run === null) return null;
  for (const { resource } of eventsOf(occasion)) {
    const state = stateFromEvent(resource, run.id);
    if (state !== null) return runThing(run, state);
  }
  return runThing(run, null);
}

/** The event, which may be the one that tells of the firing, then those that made it fire. */
function eventsOf({ event, firings }: TemplateOccasion): ShownEvent[] {
  return [event, ...firings.map((firing) => firing.event)].filter((one) => one !== null);
}

/** From the events, else from the values of the triggering labels: without an event these are all there is. */
function involvedId(kind: string, occasion: TemplateOccasion): string | null {
  const { firings, labels } = occasion;
  const found = inferId(kind, eventsOf(occasion));
  if (found !== null) return found;
  for (const value of [labels, ...firings.map((firing) => firing.labels)].flatMap(Object.values)) {
    const id = String(value).slice(kind.length + 1);
    if (String(value).startsWith(`${kind}.`) && isId(id)) return id.toLowerCase();
  }
  return null;
}
