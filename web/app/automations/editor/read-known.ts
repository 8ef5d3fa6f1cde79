import type { EditorSurroundingsQuery } from "../../../gql/graphql.ts";
import { queuesOf } from "../names.ts";
import { runnable, simplest } from "./runnable.ts";
import type { StartKnows } from "./starts.ts";
import type { Known } from "./suggest.ts";

/** The states of runs, which their events are called after. */
const runStates = [
  ...["Scheduled", "Late", "Pending", "Running", "Completed", "Failed", "Crashed", "TimedOut", "Cancelling"],
  ...["Cancelled", "Paused", "Suspended", "Resuming", "AwaitingRetry", "Retrying"],
].map((state) => `prefect.flow-run.${state}`);

/** What this server has, for suggestions. */
export function knownOf({ deployments, blocks, workPools, eventCounts }: EditorSurroundingsQuery): Known {
  const seen = new Map(eventCounts.map(({ label, count }) => [label, count]));
  for (const name of runStates) if (!seen.has(name)) seen.set(name, 0);
  return {
    events: [...seen].map(([name, count]) => ({ name, count })),
    deployments: deployments.map(({ id, fullName }) => ({ id, name: fullName })),
    blocks: blocks.map(({ id, type, name }) => ({ id, name: `${type}/${name}` })),
    pools: workPools.map(({ id, name }) => ({ id, name })),
    queues: queuesOf(workPools),
  };
}

/** What a start can name: the first that does. */
export function startKnows({ deployments, blocks, blockTypes }: EditorSurroundingsQuery): StartKnows {
  const notifying = new Set(
    blockTypes.filter(({ capabilities }) => capabilities.includes("NOTIFY")).map(({ slug }) => slug),
  );
  return {
    deployment: simplest(deployments.map(runnable)),
    notify: blocks.find(({ type }) => notifying.has(type))?.id ?? null,
  };
}
