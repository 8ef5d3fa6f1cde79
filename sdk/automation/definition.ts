import type { Trigger } from "./trigger.ts";

/**
 * What an automation does when it fires, as in its document: `{ type: "cancel-flow-run" }`, `{ type: "run-deployment",
 * source: "selected", deploymentId, parameters }`. Keys are in camelCase or snake_case; `parameters`, `jobVariables` and
 * `input` are passed as they are.
 */
export type Action = { type: string } & Record<string, unknown>;

/** What to do when what happens. */
export interface AutomationDefinition {
  /** Unique among those of its owner. */
  name: string;
  description?: string;
  /** True by default. */
  enabled?: boolean;
  tags?: string[];
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
