import type { FlowRunPartsFragment } from "../gql/graphql.ts";
import { type FlowRunState, stateOf } from "./state.ts";

/** A run of a flow, as it was when it was read. */
export interface FlowRun {
  id: string;
  name: string;
  state: FlowRunState;
  parameters: unknown;
  tags: string[];
  /** Where the console shows it. */
  uiUrl: string;
}

export function flowRunOf(parts: FlowRunPartsFragment): FlowRun {
  return {
    id: parts.id,
    name: parts.name,
    state: stateOf(parts.state),
    parameters: parts.parameters,
    tags: parts.tags,
    uiUrl: parts.uiUrl,
  };
}
