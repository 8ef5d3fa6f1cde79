import type { EventTrigger, Trigger } from "../automation/trigger.ts";

/**
 * A trigger that runs its deployment: it becomes an automation of the deployment's own. A trigger without `type` is one of
 * events.
 */
export type DeploymentTrigger = (Trigger | Omit<EventTrigger, "type">) & {
  /** Of the automation; `<deployment>__automation_<place>` where it is left out. Unique in the deployment. */
  name?: string;
  /** For people. */
  description?: string;
  /** Where it is left out, an operator's pause survives serving again. */
  enabled?: boolean;
  /** Merged over the deployment's; strings in them are templates, such as `{{ event.resource.id }}`. */
  parameters?: object;
  /** Merged over the deployment's, with templates likewise; only where workers run it. */
  jobVariables?: object;
  /** Seconds between the firing and the run's start; 0 by default. */
  scheduleAfter?: number;
};
