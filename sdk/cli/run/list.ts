import {
  CountUpcomingDocument,
  DeploymentNamesDocument,
  type FlowRunFilter,
  ListRunsDocument,
  type ListRunsQuery,
  type RunRowFragment,
} from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { readCount } from "../read-count.ts";
import { request } from "../request.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { rowsText } from "../text/table.ts";
import { findWorkPool } from "../work-pool/find.ts";
import { runColumns } from "./run-text.ts";
import { stateFilter } from "./state-filter.ts";

export interface ListOptions {
  state?: string[];
  flow?: string[];
  deployment?: string[];
  pool?: string[];
  tag?: string[];
  name?: string;
  awaitingInput?: boolean;
  upcoming?: boolean;
  limit: string;
  output?: Format;
}

/** `antiphon run ls` */
export async function list(options: ListOptions): Promise<void> {
  const limit = readCount("--limit", options.limit) ?? 50;
  const { runs, total } = await newest(await filterOf(options), limit);
  if (options.output) process.stdout.write(documentText(runs, options.output));
  else if (runs.length === 0) console.log(isFiltered(options) ? "There is no such run." : await noneText());
  else {
    console.log(rowsText(runColumns(runs), runs, terminalWidth()));
    if (total > runs.length)
      console.error(
        `These are the ${options.upcoming ? "soonest" : "newest"} ${runs.length} of ${total}: --limit ${total} shows all.`,
      );
  }
}

/** The runs that satisfy a filter, page after page, and how many there are in all. */
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
  const { state, flow, deployment, pool, tag, name, awaitingInput, upcoming = false } = options;
  return {
    ...(state && (await stateFilter(state))),
    ...((upcoming || !asksForScheduled(state)) && { upcoming }),
    ...(flow && { flowNames: flow }),
    ...(deployment && { deploymentIds: await idsOf(deployment) }),
    ...(pool && { workPoolIds: (await Promise.all(pool.map(findWorkPool))).map(({ id }) => id) }),
    ...(tag && { tags: tag }),
    ...(name !== undefined && { nameLike: name }),
    ...(awaitingInput && { awaitingInput }),
  };
}

/** Whether runs in these states may be waiting for their time, which are not left out then. */
function asksForScheduled(state: readonly string[] = []): boolean {
  return state.some((one) => one.toUpperCase() === "SCHEDULED");
}

/** What is said where there are no runs but perhaps some that wait for their time. */
async function noneText(): Promise<string> {
  const { flowRuns } = await request(CountUpcomingDocument, {});
  if (flowRuns.totalCount === 0) return "There are no runs yet.";
  return `There are no runs yet but ${flowRuns.totalCount} that wait for their time: --upcoming shows them.`;
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
