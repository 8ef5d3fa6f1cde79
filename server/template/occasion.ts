import type { ShownEvent } from "../../core/action/firing-event.ts";
import type { StoredAutomation } from "../../core/automation/automation.ts";
import type { Labels } from "../../core/event/event.ts";
import type { FiringState } from "../../core/trigger/firing.ts";

/** A firing as templates see it. */
export interface SeenFiring {
  /** Null for a member's. */
  readonly id: string | null;
  readonly triggerId: string | null;
  readonly state: FiringState;
  readonly triggered: Date;
  readonly labels: Labels;
  /** Null where there is none, or where it is no longer kept. */
  readonly event: ShownEvent | null;
  readonly metricValue: number | null;
}

/** What templates are about. */
export interface TemplateOccasion {
  /** As it was when it fired; null where there is none. */
  readonly automation: ({ readonly id: string } & StoredAutomation) | null;
  /** Null where there is none, or where it is no longer kept. */
  readonly event: ShownEvent | null;
  readonly labels: Labels;
  /** The firing and its members' firings, the outer one first; empty where nothing fired. */
  readonly firings: readonly SeenFiring[];
}
