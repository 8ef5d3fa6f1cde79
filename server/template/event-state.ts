import type { Labels } from "../../core/event/event.ts";
import { StateType } from "../../core/flow-run/state.ts";
import type { TemplateFields } from "./things.ts";

/**
 * The state of a run as an event about it tells it; null where the event is about something else, or tells less than message, name, type
 * and a time that can be read. An empty message is one.
 */
export function stateFromEvent(resource: Labels, runId: string): TemplateFields | null {
  if (resource["prefect.resource.id"]?.toLowerCase() !== `prefect.flow-run.${runId}`) return null;
  const message = resource["prefect.state-message"];
  const name = resource["prefect.state-name"];
  const type = resource["prefect.state-type"];
  const timestamp = new Date(resource["prefect.state-timestamp"] ?? "");
  if (message === undefined || name === undefined || type === undefined || !StateType.safeParse(type).success)
    return null;
  return Number.isNaN(timestamp.getTime()) ? null : { type, name, message, timestamp };
}
