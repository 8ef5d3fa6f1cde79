import { randomUUID } from "node:crypto";
import { toJson } from "../../core/json.ts";
import { InputValidationError } from "../../core/run-input/errors.ts";
import { socketClient } from "../client/client.ts";
import { refusalError } from "../client/refusal.ts";
import { type Context, checkContext, context, requested } from "../execution/context.ts";
import { derivedId } from "../execution/derived-id.ts";
import { EmitEventDocument } from "../gql/graphql.ts";

/** Something that happened to a resource. */
export interface EventDefinition {
  /** Its name, such as `order.created`. */
  event: string;
  /** Labels of what it happened to; `prefect.resource.id` is needed. */
  resource: Record<string, string>;
  /** What else it is about: labels, each with `prefect.resource.id` and `prefect.resource.role`. */
  related?: Record<string, string>[];
  /** An object; triggers do not look at it, templates of automations do. */
  payload?: unknown;
  /** A UUID; an id that was seen before stores nothing. One is made where it is left out. */
  id?: string;
  /** When it happened; now where it is left out. At most 300 s ahead of the server's clock. */
  occurred?: Date;
  /** The id of an event that is known to have happened before. */
  follows?: string;
}

/**
 * Tells the server, and so every automation, that something has happened. Resolves once the event is stored: what is emitted
 * later has a later place in the log.
 *
 * Inside a run the event also tells which run, flow and deployment it comes from; a re-run of the flow, after a suspension,
 * does not store the events of its first part again. Throws InputValidationError for an event that is refused.
 */
export async function emitEvent(event: EventDefinition): Promise<{ id: string }> {
  const at = context.getStore();
  if (at) checkContext(at, false);
  const input = checked(event);
  const id = event.id ?? (at ? idInRun(at, event) : randomUUID());
  const request = socketClient().request(EmitEventDocument, {
    event: { ...input, id },
    flowRunId: at?.execution.id ?? null,
  });
  const { emitEvent: result } = await (at ? requested(at, request) : request);
  if (result.__typename !== "Event") throw refusalError(result, event);
  return { id: result.id };
}

function checked({ event, resource, related, payload, occurred, follows }: EventDefinition) {
  const parts = toJson({ event, resource, related, payload, follows });
  const issues = [
    ...(parts.ok ? [] : [{ path: parts.path, message: parts.message }]),
    ...timeIssues(occurred),
  ];
  if (issues.length > 0) throw InputValidationError.of(`the event ${JSON.stringify(event)}`, event, issues);
  return { event, resource, related, payload, follows, occurred: occurred?.toISOString() };
}

function timeIssues(occurred: Date | undefined) {
  if (occurred === undefined || (occurred instanceof Date && !Number.isNaN(occurred.getTime()))) return [];
  return [{ path: ["occurred"], message: `must be a valid Date, not ${String(occurred)}` }];
}

/** The same for the same call in a re-run. What a task emits is counted apart: the task itself may not run again. */
function idInRun(at: Context, { event, resource }: EventDefinition): string {
  const name = JSON.stringify([at.task?.scope ?? "", event, resource["prefect.resource.id"] ?? ""]);
  return derivedId([at.execution.id, at.attempt.number, "event", name, at.attempt.count(`event ${name}`)]);
}
