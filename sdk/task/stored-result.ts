import { isPlainObject, survivesJson } from "../../core/json.ts";
import { socketClient } from "../client/client.ts";
import { ApiError } from "../client/errors.ts";
import { refusalError } from "../client/refusal.ts";
import { type Context, requested } from "../execution/context.ts";
import { ReadTaskResultDocument, SaveTaskResultDocument } from "../gql/graphql.ts";
import { logLine } from "../log/logger.ts";

const warned = new Set<string>();

/** Whether an earlier execution of this attempt can have stored results. */
export function mayBeStored(at: Context): boolean {
  return at.attempt.rerun && at.execution.runsAgain;
}

/** The stored result of a call, of a task or a subflow, by the call's key; null where there is none. */
export async function readResult(at: Context, key: string): Promise<{ value: unknown } | null> {
  if (!mayBeStored(at)) return null;
  const { taskResult } = await requested(
    at,
    socketClient().request(ReadTaskResultDocument, { ...at.execution.ref, key }),
  );
  // Stored as `{ value }`, or as `{}` where the call returned nothing.
  return taskResult && isPlainObject(taskResult.value) ? { value: taskResult.value.value } : null;
}

/**
 * Stores the result of a call for the time when the run runs again. What is no JSON, or larger than the server takes, is not stored,
 * with one warning.
 */
export async function storeResult(at: Context, key: string, what: string, value: unknown): Promise<void> {
  if (!at.execution.runsAgain) return;
  if (value !== undefined && !survivesJson(value)) return warn(at, what, "is no JSON");
  const stored = value === undefined ? {} : { value };
  // A run that is suspended while its last tasks finish still takes their results.
  const saved = await socketClient()
    .request(SaveTaskResultDocument, { ...at.execution.ref, key, value: stored })
    .catch(tooLarge);
  if (saved instanceof ApiError) return warn(at, what, `was refused (${saved.message})`);
  const { saveTaskResult } = saved;
  if (saveTaskResult.__typename === "InvalidInputError")
    return warn(at, what, `was refused (${saveTaskResult.message})`);
  if (saveTaskResult.__typename === "StaleExecutionError") throw at.execution.refused(saveTaskResult);
  if (saveTaskResult.__typename === "NotFoundError") throw refusalError(saveTaskResult);
}

/** @throws whatever else it is */
function tooLarge(error: unknown): ApiError {
  if (error instanceof ApiError && error.code === "REQUEST_TOO_LARGE") return error;
  throw error;
}

function warn(at: Context, what: string, why: string): void {
  if (warned.has(what)) return;
  warned.add(what);
  logLine(at, 30, `the result of ${what} ${why}, so it is not stored: a re-run of this run runs it again`);
}
