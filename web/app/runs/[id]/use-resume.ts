"use client";

import { useMutation } from "urql";
import type { Issue } from "../../../../core/error.ts";
import type { Json } from "../../../../core/json.ts";
import type { StateConflictCode } from "../../../gql/graphql.ts";
import { resumeDocument } from "./actions.ts";

/** `over`: nobody can answer this any more. `refused`: it can be answered, but not so. */
export type ResumeOutcome =
  | { is: "taken" }
  | { is: "over"; message: string }
  | { is: "refused"; issues: Issue[] };

interface Answer {
  key: string;
  input?: Json;
  idempotencyKey: string;
}

/** Answers a run, and says what became of it. */
export function useResume(id: string): (answer: Answer) => Promise<ResumeOutcome> {
  const [, resume] = useMutation(resumeDocument);
  return async (answer) => {
    const { data, error } = await resume({ id, ...answer });
    if (error?.networkError !== undefined) return whole(unreachable);
    if (data === undefined) return whole(error?.message ?? unreachable);
    const result = data.resume;
    switch (result.__typename) {
      case "FlowRun":
        return { is: "taken" };
      case "InvalidInputError":
        return result.issues.length > 0 ? { is: "refused", issues: result.issues } : whole(result.message);
      case "StateConflictError": {
        const message = overBy[result.code];
        return message === null ? whole(result.message) : { is: "over", message: message || result.message };
      }
      case "NotFoundError":
        return { is: "over", message: "This run does not exist any more." };
      default:
        // The schema may grow kinds of refusals; each has a message.
        return whole(messageOf(result));
    }
  };
}

const unreachable =
  "The server could not be reached, so it is not known whether the answer was taken. Send it again: it counts once, however often it is sent.";

/** What a conflict means to whoever answers: null where the answer can be given later, "" where the server's words are best. */
const overBy: Record<StateConflictCode, string | null> = {
  NOT_PAUSED: "This was answered elsewhere, or the run waits no longer. Your answer was not taken.",
  TIMED_OUT: "The time to answer is over. Your answer was not taken.",
  STALE_KEY: "The run asks something else now. Your answer was not taken.",
  NO_DEPLOYMENT: null,
  FINISHED: "",
  NOT_RUNNING: "",
  NOT_FINISHED: "",
};

function whole(message: string): ResumeOutcome {
  return { is: "refused", issues: [{ path: [], message }] };
}

function messageOf(result: object): string {
  const message: unknown = Reflect.get(result, "message");
  return typeof message === "string" ? message : "The server refused it.";
}
