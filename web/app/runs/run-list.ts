import type { RunRowFragment } from "../../gql/graphql.ts";
import type { RunsSearch } from "./search-params.ts";

/** Whether a run is one that the search asks for, as the server decides it. */
function belongs(
  run: RunRowFragment,
  { states, flow, deployment, waiting, upcoming, name }: RunsSearch,
): boolean {
  return (
    (upcoming ? run.upcoming : !run.upcoming || states.includes("SCHEDULED")) &&
    (states.length === 0 || states.includes(run.state.type)) &&
    (flow === null || run.flow.name === flow) &&
    (deployment === null || run.deployment?.id === deployment) &&
    (!waiting || (run.awaitedInput ?? null) !== null) &&
    (name === null || run.name.toLowerCase().includes(name.toLowerCase()))
  );
}

/**
 * The list after runs changed: those in it are brought up to date or leave it, new ones come in their place: on top,
 * or, of upcoming ones, by when they are due.
 *
 * @param search where it has `after`, the list is not the newest page, and runs are not added
 */
export function withChanges(
  list: readonly RunRowFragment[],
  changed: readonly RunRowFragment[],
  search: RunsSearch,
): RunRowFragment[] {
  const runs = new Map(list.map((run) => [run.id, run]));
  for (const run of changed) {
    const known = runs.get(run.id);
    // What was read and what was pushed can pass each other.
    if (known !== undefined && Date.parse(known.updatedAt) > Date.parse(run.updatedAt)) continue;
    if (!belongs(run, search)) runs.delete(run.id);
    else if (runs.has(run.id) || search.after === null) runs.set(run.id, run);
  }
  return [...runs.values()].sort(search.upcoming ? soonestFirst : newestFirst);
}

function newestFirst(a: RunRowFragment, b: RunRowFragment): number {
  return Date.parse(b.createdAt) - Date.parse(a.createdAt) || (a.id < b.id ? 1 : -1);
}

function soonestFirst(a: RunRowFragment, b: RunRowFragment): number {
  return dueAt(a) - dueAt(b) || (a.id < b.id ? -1 : 1);
}

function dueAt({ expectedStart, createdAt }: RunRowFragment): number {
  return Date.parse(expectedStart ?? createdAt);
}
