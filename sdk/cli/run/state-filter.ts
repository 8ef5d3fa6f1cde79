import { suggestion } from "../../../core/document/nearest.ts";
import { stateTypes } from "../../../core/flow-run/state.ts";
import { type FlowRunFilter, ListRunsDocument } from "../../gql/graphql.ts";
import { UsageError } from "../failure.ts";
import { request } from "../request.ts";

/** What the states of runs are called, beside names that somebody's automation or code gives them. */
const stateNames = [
  ...["Scheduled", "Late", "AwaitingConcurrencySlot", "AwaitingRetry", "Resuming", "Pending", "Running"],
  ...[
    "Retrying",
    "Paused",
    "Suspended",
    "Cancelling",
    "Cancelled",
    "Completed",
    "Failed",
    "TimedOut",
    "Crashed",
  ],
];

/**
 * Runs in states that are told by their types or by their names, in any case: `failed`, `Late`. @throws UsageError where a name
 * is neither known nor that of a run's state
 */
export async function stateFilter(given: readonly string[]): Promise<FlowRunFilter> {
  const types = given.map((one) => stateTypes.find((type) => type === one.toUpperCase()));
  const typed = types.filter((type) => type !== undefined);
  if (typed.length === given.length) return { stateTypes: typed };
  if (typed.length > 0)
    throw new UsageError(
      `--state takes types of states (${stateTypes.join(", ").toLowerCase()}) or names such as Late, not both at once: ${given.join(", ")}`,
    );
  return { stateNames: await Promise.all(given.map(nameOf)) };
}

async function nameOf(given: string): Promise<string> {
  const known = stateNames.find((name) => comparable(name) === comparable(given));
  if (known !== undefined) return known;
  const { flowRuns } = await request(ListRunsDocument, {
    filter: { stateNames: [given] },
    first: 1,
    after: null,
  });
  if (flowRuns.totalCount > 0) return given;
  const near = suggestion(given, stateNames);
  const all = near.startsWith("; there is") ? "" : `\nthere is ${stateNames.join(", ")}`;
  throw new UsageError(`--state ${JSON.stringify(given)} is no state${near}${all}`);
}

function comparable(name: string): string {
  return name.toLowerCase().replaceAll(/[_\s-]/g, "");
}
