import { stateTypes } from "../../../core/flow-run/state.ts";
import {
  DeploymentNamesDocument,
  type FlowRunFilter,
  ListRunsDocument,
  type ListRunsQuery,
  type RunRowFragment,
} from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { readCount } from "../read-count.ts";
import { request } from "../request.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { rowsText } from "../text/table.ts";
import { findWorkPool } from "../work-pool/find.ts";
import { runColumns } from "./run-text.ts";

export interface ListOptions {
  state?: string[];
  flow?: string[];
  deployment?: string[];
  pool?: string[];
  tag?: string[];
  name?: string;
  awaitingInput?: boolean;
  limit: string;
  output?: Format;
}

/** `antiphon run ls` */
export async function list(options: ListOptions): Promise<void> {
  const limit = readCount("--limit", options.limit) ?? 50;
  const { runs, total } = await newest(await filterOf(options), limit);
  if (options.output) process.stdout.write(documentText(runs, options.output));
  else if (runs.length === 0)
    console.log(total === 0 && !isFiltered(options) ? "There are no runs yet." : "There is no such run.");
  else {
    console.log(rowsText(runColumns, runs, terminalWidth()));
    if (total > runs.length)
      console.error(`These are the newest ${runs.length} of ${total}: --limit ${total} shows all.`);
  }
}

/** The newest runs that satisfy a filter, page after page, and how many there are in all. */
export async function newest(
  filter: FlowRunFilter,
  limit: number,
): Promise<{ runs: RunRowFragment[]; total: number }> {
  const runs: RunRowFragment[] = [];
  let after: string | null = null;
  let total = 0;
  do {
    const first = Math.min(limit - runs.length, 500);
    const { flowRuns }: ListRunsQuery = await request(ListRunsDocument, { filter, first, after });
    runs.push(...flowRuns.nodes);
    total = flowRuns.totalCount;
    after = flowRuns.pageInfo.hasNextPage ? (flowRuns.pageInfo.endCursor ?? null) : null;
  } while (after !== null && runs.length < limit);
  return { runs, total };
}

async function filterOf(options: ListOptions): Promise<FlowRunFilter> {
  const { state, flow, deployment, pool, tag, name, awaitingInput } = options;
  return {
    ...(state && stateFilter(state)),
    ...(flow && { flowNames: flow }),
    ...(deployment && { deploymentIds: await idsOf(deployment) }),
    ...(pool && { workPoolIds: (await Promise.all(pool.map(findWorkPool))).map(({ id }) => id) }),
    ...(tag && { tags: tag }),
    ...(name !== undefined && { nameLike: name }),
    ...(awaitingInput && { awaitingInput }),
  };
}

/** States are told by their types, in any case, or by their names: `failed`, `Late`. */
function stateFilter(given: readonly string[]): FlowRunFilter {
  const found = given.map((one) => stateTypes.find((type) => type === one.toUpperCase()));
  const typed = found.filter((type) => type !== undefined);
  if (typed.length === given.length) return { stateTypes: typed };
  if (typed.length === 0) return { stateNames: [...given] };
  throw new UsageError(
    `--state takes types of states (${stateTypes.join(", ").toLowerCase()}) or names such as Late, not both at once: ${given.join(", ")}`,
  );
}

async function idsOf(names: readonly string[]): Promise<string[]> {
  const { deployments } = await request(DeploymentNamesDocument, {});
  return names.map((given) => {
    const found = deployments.find(({ id, fullName }) => fullName === given || id === given.toLowerCase());
    if (found) return found.id;
    const known = deployments.map(({ fullName }) => fullName).join(", ") || "none";
    throw new Failure(`there is no deployment ${JSON.stringify(given)}; there are: ${known}`);
  });
}

function isFiltered({ limit, output, ...filters }: ListOptions): boolean {
  return Object.keys(filters).length > 0;
}
