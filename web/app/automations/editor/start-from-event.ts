import type { JsonObject } from "../../../../core/json.ts";

interface Event {
  event: string;
  resource: Record<string, string>;
  related: readonly Record<string, string>[];
}

const resourceId = "prefect.resource.id";
const role = "prefect.resource.role";
const runPrefix = "prefect.flow-run.";

/**
 * What fires at the next such event: of a run for any run of its flow, as that very run hardly has such an event again; of something else
 * for that very thing.
 */
export function startFromEvent({ event, resource, related }: Event): JsonObject {
  const id = resource[resourceId] ?? "";
  const isRun = id.startsWith(runPrefix);
  const flow = related.find((labels) => labels[role] === "flow");
  return {
    name: `On ${event} of ${(isRun ? flow : resource)?.["prefect.resource.name"] ?? id}`,
    trigger: {
      type: "event",
      match: { [resourceId]: isRun ? `${runPrefix}*` : id },
      ...(isRun &&
        flow !== undefined && { match_related: { [role]: "flow", [resourceId]: flow[resourceId] ?? "" } }),
      expect: [event],
      ...(isRun && { for_each: [resourceId] }),
      posture: "Reactive",
      threshold: 1,
      within: 0,
    },
    actions: [{ type: "do-nothing" }],
  };
}
