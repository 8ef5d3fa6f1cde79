import { isId } from "../../../core/id.ts";
import type { FlowRunFilter, StateType } from "../../gql/graphql.ts";

/** What the list of runs shows, as its address says it. */
export interface RunsSearch {
  states: StateType[];
  flow: string | null;
  /** The id of one. */
  deployment: string | null;
  waiting: boolean;
  /** Those that only wait for their time to come, the soonest first; without it they are left out. */
  upcoming: boolean;
  name: string | null;
  after: string | null;
}

export const stateTypes = [
  "SCHEDULED",
  "PENDING",
  "RUNNING",
  "PAUSED",
  "CANCELLING",
  "CANCELLED",
  "COMPLETED",
  "FAILED",
  "CRASHED",
] as const satisfies readonly StateType[];

type Params = Record<string, string | string[] | undefined>;

/** Reads the address; what does not make sense in it is left out. */
export function readRunsSearch(params: Params): RunsSearch {
  const text = (name: string) => {
    const value = params[name];
    const last = Array.isArray(value) ? value.at(-1) : value;
    return last === undefined || last.trim() === "" ? null : last.trim();
  };
  const deployment = text("deployment");
  const named = (text("state") ?? "").toUpperCase().split(",");
  return {
    states: stateTypes.filter((type) => named.includes(type)),
    flow: text("flow"),
    deployment: deployment !== null && isId(deployment) ? deployment.toLowerCase() : null,
    waiting: text("waiting") === "1",
    upcoming: text("upcoming") === "1",
    name: text("name"),
    after: text("after"),
  };
}

/** The address of a search. */
export function runsHref({ states, flow, deployment, waiting, upcoming, name, after }: RunsSearch): string {
  const params = new URLSearchParams();
  if (states.length > 0) params.set("state", states.map((type) => type.toLowerCase()).join(","));
  if (flow !== null) params.set("flow", flow);
  if (deployment !== null) params.set("deployment", deployment);
  if (waiting) params.set("waiting", "1");
  if (upcoming) params.set("upcoming", "1");
  if (name !== null) params.set("name", name);
  if (after !== null) params.set("after", after);
  return params.size === 0 ? "/runs" : `/runs?${params}`;
}

/** The same search as the API takes it. */
export function runsFilter(search: RunsSearch): FlowRunFilter {
  const { states, flow, deployment, waiting, name } = search;
  return {
    ...upcomingFilter(search),
    ...(states.length > 0 ? { stateTypes: states } : {}),
    ...(flow === null ? {} : { flowNames: [flow] }),
    ...(deployment === null ? {} : { deploymentIds: [deployment] }),
    ...(waiting ? { awaitingInput: true } : {}),
    ...(name === null ? {} : { nameLike: name }),
  };
}

/** The upcoming runs beside those of the search, whatever their state. */
export function upcomingBeside({ flow, deployment, name }: RunsSearch): RunsSearch {
  return { states: [], flow, deployment, waiting: false, upcoming: true, name, after: null };
}

/** Whether the search leaves out upcoming runs that its other conditions would let in. */
export function hidesUpcoming({ states, waiting, upcoming }: RunsSearch): boolean {
  return !upcoming && !waiting && states.length === 0;
}

/** Who asks for scheduled runs means those that are upcoming, too. */
function upcomingFilter({ states, upcoming }: RunsSearch): FlowRunFilter {
  return !upcoming && states.includes("SCHEDULED") ? {} : { upcoming };
}
