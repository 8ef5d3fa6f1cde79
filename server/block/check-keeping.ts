import { InvalidInputError, type Issue } from "../../core/error.ts";
import type { SaveBlockArgs } from "./save-block.ts";

/** @throws InvalidInputError where what a save replaces, or how long its block is kept, makes no sense */
export function checkKeeping({ type, name, ifRevision, ttl, ownerRunId }: SaveBlockArgs): void {
  const issues: Issue[] = [];
  const wrong = (field: string, message: string) => issues.push({ path: [field], message });
  if (ifRevision != null && ifRevision < 0)
    wrong("ifRevision", `must be 0 (none is there) or more, not ${ifRevision}`);
  if (ifRevision != null && ifRevision > 0 && name == null)
    wrong("ifRevision", `must be 0 or left out, not ${ifRevision}: a block without a name is a new one`);
  if (ttl != null && ttl < 1) wrong("ttl", `must be a number of seconds from 1, or null, not ${ttl}`);
  // Blocks of other types are used by automations: whoever deletes one is told by which.
  if (ttl != null && type !== "json") wrong("ttl", `only json blocks expire; this one is of type ${type}`);
  if (ownerRunId != null && type !== "json")
    wrong("ownerRunId", `only json blocks are deleted with a run; this one is of type ${type}`);
  if (issues.length > 0) throw new InvalidInputError(issues);
}
