import type { ActionOutcome, FailedOutcome } from "../../core/action/action-event.ts";
import { InvalidInputError, NotFoundError, StateConflictError } from "../../core/error.ts";
import type { Labels } from "../../core/event/event.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { JsonObject } from "../../core/json.ts";
import { UnresolvedError } from "../../core/template/rendering.ts";
import { TemplateError } from "../../core/template/template-error.ts";

/** What an action has done in its transaction, which goes on to record it. */
export interface Effect {
  readonly outcome: ActionOutcome;
  /** What tells of the effect, before what tells of the action. */
  readonly events: readonly NewEvent[];
  /** Whether some of the events tell of versions of automations. */
  readonly versions?: boolean;
  /** Done after the commit. */
  readonly committed?: () => void;
}

/** It was done. */
export function done(
  result: JsonObject,
  related: readonly Labels[],
  rest: Partial<Omit<Effect, "outcome">> = {},
): Effect {
  return { events: [], ...rest, outcome: { status: "SUCCEEDED", related, result } };
}

/** It cannot be done, however often it is tried. */
export function failed(
  reason: string,
  related: readonly Labels[] = [],
  result: JsonObject = {},
  rest: Partial<Omit<Effect, "outcome">> = {},
): Effect {
  return { events: [], ...rest, outcome: { status: "FAILED", reason, related, result } };
}

/**
 * What an error says of an action that can never succeed; null for one that is unexpected, and tried again.
 *
 * @param doing begins the reason, such as `Failed to resume flow run`
 */
export function failureOf(
  error: unknown,
  doing: string | null = null,
): Omit<FailedOutcome, "related"> | null {
  if (!(error instanceof Error)) return null;
  const reason = doing === null ? error.message : `${doing}: ${error.message}`;
  if (error instanceof TemplateError)
    return { status: "FAILED", reason: error.message, result: error.details() };
  if (error instanceof UnresolvedError) return { status: "FAILED", reason, result: {} };
  if (error instanceof NotFoundError) return { status: "FAILED", reason, result: { status_code: 404 } };
  if (error instanceof StateConflictError) return { status: "FAILED", reason, result: { status_code: 409 } };
  if (error instanceof InvalidInputError) {
    const validation_error = error.issues.map(({ path, message }) => ({ path: [...path], message }));
    return { status: "FAILED", reason, result: { status_code: 422, validation_error } };
  }
  return null;
}

/** The effect of an error that is a final failure. @throws the error where it is none */
export function failedBy(error: unknown, doing: string | null, related: readonly Labels[] = []): Effect {
  const failure = failureOf(error, doing);
  if (failure === null) throw error;
  return { outcome: { ...failure, related }, events: [] };
}
