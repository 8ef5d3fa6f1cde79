import type { StoredAutomation } from "../../core/automation/automation.ts";
import type { Automation } from "../generated/prisma/client.ts";

/** An automation as it was checked when it was stored. */
export function ofRecord(record: Automation): StoredAutomation {
  const { name, description, enabled, tags, trigger, actions, actionsOnTrigger, actionsOnResolve } = record;
  const { ownerResource } = record;
  // Only checked definitions are written into these columns.
  const checked = { trigger, actions, actionsOnTrigger, actionsOnResolve } as unknown as Pick<
    StoredAutomation,
    "trigger" | "actions" | "actionsOnTrigger" | "actionsOnResolve"
  >;
  return { name, description, enabled, tags, ownerResource, ...checked };
}
