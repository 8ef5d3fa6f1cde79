import { isId } from "../../../core/id.ts";
import type { FlowRunFilter, StateType } from "../../gql/graphql.ts";

/** What the list of runs shows, as its address says it. */
export interface RunsSearch {
  states: StateType[];
  flow: string | null;
  /** The id of one. */
  deployment: string | null;
  waiting: boolean;
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
    name: text("name"),
    after: text("after"),
  };
}

/** The address of a search. */
export function runsHref({ states, flow, deployment, waiting, name, after }: RunsSearch): string {
  const params = new URLSearchParams();
  if (states.length > 0) params.set("state", states.map((type) => type.toLowerCase()).join(","));
  if (flow !== null) params.set("flow", flow);
  if (deployment !== null) params.set("deployment", deployment);
  if (waiting) params.set("waiting", "1");
  if (name !== null) params.set("name", name);
  if (after !== null) params.set("after", after);
  return params.size === 0 ? "/runs" : `/runs?${params}`;
}

/** The same search as the API takes it. */
export function runsFilter({ states, flow, deployment, waiting, name }: RunsSearch): FlowRunFilter {
  return {
    ...(states.length > 0 ? { stateTypes: states } : {}),
    ...(flow === null ? {} : { flowNames: [flow] }),
    ...(deployment === null ? {} : { deploymentIds: [deployment] }),
    ...(waiting ? { awaitingInput: true } : {}),
    ...(name === null ? {} : { nameLike: name }),
  };
}
