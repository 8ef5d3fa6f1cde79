import { hold } from "../client/hold.ts";
import type { Execution } from "../execution/execution.ts";
import type { AnswerSignal, CandidateSignal } from "../execution/signal.ts";
import { suspended } from "../execution/stop.ts";
import type { PauseKind } from "../gql/graphql.ts";

/** A question that is about to be asked: answers and candidates may come before the API has said that it asked. */
export interface OpenedQuestion {
  /** The answer of the asking; of a suspension, the signal that ends this process's part. */
  answer(key: string, kind: PauseKind): Promise<AnswerSignal>;
  close(): void;
}

export function waitForAnswer(
  execution: Execution,
  judge: (candidate: CandidateSignal) => void,
  expires: boolean,
): OpenedQuestion {
  let awaited: string | undefined;
  let resolve: (answer: AnswerSignal) => void = () => undefined;
  execution.question = {
    expires,
    judge,
    answered: (answer) => {
      if (answer.key === awaited) resolve(answer);
    },
  };
  return {
    async answer(key, kind) {
      if (kind === "SUSPEND") {
        const stop = suspended();
        execution.stop(stop);
        throw execution.stopped?.error ?? stop.error;
      }
      awaited = key;
      const known = execution.answerOf(key);
      if (known) return known;
      const release = hold();
      execution.waits(true);
      try {
        return await execution.during(
          new Promise<AnswerSignal>((done) => {
            resolve = done;
          }),
        );
      } finally {
        execution.waits(false);
        release();
      }
    },
    close() {
      execution.question = null;
    },
  };
}
