import { plain } from "../text/plain.ts";
import type { Changes, Outcome } from "./register.ts";

/** What became of a deployment, and of its schedules and triggers where it has, or had, any. */
export function outcomeText({ deployment, outcome, id, schedules, triggers }: Outcome): string {
  return [
    `${plain(deployment)}: ${outcome}${id === null ? "" : ` (${id})`}`,
    ...changesLine("schedules", schedules),
    ...changesLine("triggers", triggers),
  ].join("\n");
}

function changesLine(what: string, { created, updated, unchanged, removed }: Changes): string[] {
  const parts = Object.entries({ created, updated, unchanged, removed })
    .filter(([, names]) => names.length > 0)
    .map(([how, names]) => `${names.length} ${how} (${names.map(plain).join(", ")})`);
  return parts.length === 0 ? [] : [`  ${what}: ${parts.join(", ")}`];
}
