import type { Trigger } from "./trigger.ts";

/**
 * What an automation does when it fires, as in its document: `{ type: "cancel-flow-run" }`, `{ type: "run-deployment",
 * source: "selected", deploymentId, parameters }`. Keys are in camelCase or snake_case; what is inside of `parameters`,
 * `jobVariables`, `input`, `resource`, `related` and `payload` is passed as it is.
 */
export type Action = { type: string } & Record<string, unknown>;

/** What to do when what happens. */
export interface AutomationDefinition {
  /** Unique among those of its owner. */
  name: string;
  /** For people. */
  description?: string;
  /** Whether it watches; true by default. */
  enabled?: boolean;
  /** For finding it. */
  tags?: string[];
  /** What it watches. */
  trigger: Trigger;
  /** Run at each firing. */
  actions: Action[];
  /** Run also when it has triggered. */
  actionsOnTrigger?: Action[];
  /** Run also when it has resolved, as only metric triggers do. */
  actionsOnResolve?: Action[];
  /** The resource that it belongs to; given when it is created, and kept. */
  ownerResource?: string;
}
