import { randomUUID } from "node:crypto";
import { toJson } from "../../core/json.ts";
import { InputValidationError } from "../../core/run-input/errors.ts";
import { toStored } from "../../core/run-input/read-input.ts";
import { runInputClassOf } from "../../core/run-input/run-input-brand.ts";
import { socketClient } from "../client/client.ts";
import { refusalError } from "../client/refusal.ts";
import { checkContext, context, requested } from "../execution/context.ts";
import { ResumeFlowRunDocument } from "../gql/graphql.ts";
import { requireRunId } from "../run-input/run-id.ts";

/**
 * Answers a paused or suspended run. Throws InputValidationError for an answer that its question refuses (nothing
 * changes then), FlowRunConflict where the run waits for nothing, and NotFound.
 */
export async function resumeFlowRun(flowRunId: string, input?: unknown): Promise<void> {
  requireRunId("resumeFlowRun", flowRunId);
  const at = context.getStore();
  if (at) checkContext(at, false);
  const answer = input === undefined ? {} : { input: await stored(input) };
  const request = socketClient().request(ResumeFlowRunDocument, {
    flowRunId,
    ...answer,
    idempotencyKey: randomUUID(),
    from: at?.execution.ref ?? null,
  });
  const { resume } = await (at ? requested(at, request) : request);
  if (resume.__typename === "FlowRun") return;
  if (resume.__typename === "StaleExecutionError" && at) throw at.execution.refused(resume);
  throw refusalError(resume, input);
}

async function stored(input: unknown): Promise<unknown> {
  const type = runInputClassOf(input);
  if (type) return toStored(type, input);
  const json = toJson(input);
  if (json.ok) return json.value;
  throw InputValidationError.of("the answer", input, [{ path: json.path, message: json.message }]);
}
