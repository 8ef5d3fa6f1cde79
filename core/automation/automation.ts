import type { Trigger, TriggerDefinition } from "../trigger/trigger.ts";
import type { Action } from "./action.ts";

/** The lists of actions, in the order in which they are carried out. */
export interface ActionLists {
  /** At every firing. */
  readonly actions: readonly Action[];
  /** At firings that are Triggered. */
  readonly actionsOnTrigger: readonly Action[];
  /** At firings that are Resolved. */
  readonly actionsOnResolve: readonly Action[];
}

interface Described extends ActionLists {
  /** Unique among those of its owner. */
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly tags: readonly string[];
}

/** An automation as a user defines it, checked and with every default filled in. */
export interface AutomationDefinition extends Described {
  readonly trigger: TriggerDefinition;
  /** The resource that it belongs to; null for none, undefined where nothing is said: a change then keeps it. */
  readonly ownerResource: string | null | undefined;
}

/** An automation as it is stored with each of its versions. */
export interface StoredAutomation extends Described {
  readonly trigger: Trigger;
  readonly ownerResource: string | null;
}

/** An automation that a resource brings with it: its owner says the rest. */
export interface OwnedAutomation extends Omit<AutomationDefinition, "enabled" | "ownerResource"> {
  /** Undefined where nothing is said: one that is paused stays so. */
  readonly enabled: boolean | undefined;
}

/** The lists by their names in documents. */
export const actionLists = [
  { key: "actions", name: "actions" },
  { key: "actionsOnTrigger", name: "actions_on_trigger" },
  { key: "actionsOnResolve", name: "actions_on_resolve" },
] as const;
