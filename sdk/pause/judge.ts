import type { Json } from "../../core/json.ts";
import type { InputType } from "../../core/run-input/contract.ts";
import { readAnswer } from "../../core/run-input/read-input.ts";
import { socketClient } from "../client/client.ts";
import type { Context } from "../execution/context.ts";
import type { CandidateSignal } from "../execution/signal.ts";
import { JudgeAnswerDocument } from "../gql/graphql.ts";
import { logLine } from "../log/logger.ts";

/** Gives the server the type's own verdict on an answer that it has not accepted yet. */
export function judge(at: Context, type: InputType | null): (candidate: CandidateSignal) => void {
  return (candidate) => {
    verdict(at, type, candidate).catch(() => {
      // Without a verdict the server goes on after its own time limit, and the answer is judged when it arrives.
    });
  };
}

async function verdict(at: Context, type: InputType | null, candidate: CandidateSignal): Promise<void> {
  const read = type && (await readAnswer(type, candidate.value as Json)); // the API's values are JSON
  if (read && !read.ok && "failure" in read) {
    const failure = read.failure instanceof Error ? read.failure.stack : String(read.failure);
    logLine(at, 40, `the validator of a question failed: ${failure}`);
  }
  const issues = !read || read.ok ? [] : read.issues;
  await socketClient().request(JudgeAnswerDocument, {
    candidateId: candidate.candidateId,
    issues: issues.map(({ path, message }) => ({ path: path.map(String), message })),
  });
}
