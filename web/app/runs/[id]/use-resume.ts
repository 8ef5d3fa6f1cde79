"use client";

import { useMutation } from "urql";
import type { Issue } from "../../../../core/error.ts";
import type { Json } from "../../../../core/json.ts";
import type { Undelivered } from "../../../form/undelivered.ts";
import { undelivered } from "../../../lib/graphql/undelivered.ts";
import { resumeDocument } from "./actions.ts";
import { conflictText, type Pause } from "./wait.ts";

/**
 * `over`: nobody can answer this any more. `refused`: it can be answered, but not so. `undelivered`: it can be sent again, and where it was
 * `unheard` of, the server may have taken it.
 */
export type ResumeOutcome =
  | { is: "taken" }
  | { is: "over"; message: string }
  | { is: "refused"; issues: Issue[] }
  | ({ is: "undelivered"; unheard: boolean } & Undelivered);

interface Answer {
  pause: Pause;
  input?: Json;
  idempotencyKey: string;
}

/** Answers a run, and says what became of it. */
export function useResume(id: string): (answer: Answer) => Promise<ResumeOutcome> {
  const [, resume] = useMutation(resumeDocument);
  return async ({ pause, ...answer }) => {
    const { data, error } = await resume({ id, key: pause.key, ...answer });
    if (data === undefined) {
      const unheard = error === undefined || error.networkError !== undefined;
      return { is: "undelivered", unheard, ...undelivered(error, again) };
    }
    const result = data.resume;
    switch (result.__typename) {
      case "FlowRun":
        return { is: "taken" };
      case "InvalidInputError":
        return result.issues.length > 0
          ? { is: "refused", issues: result.issues }
          : { is: "refused", issues: [{ path: [], message: result.message }] };
      case "StateConflictError": {
        const message = conflictText(pause, result);
        return message === null ? notTaken(result.message) : { is: "over", message };
      }
      case "NotFoundError":
        return { is: "over", message: "This run does not exist any more." };
      default:
        // The schema may grow kinds of refusals; each has a message.
        return notTaken(messageOf(result));
    }
  };
}

const again =
  "It is not known whether your answer was taken. Send it again: it counts once, however often it is sent.";

function notTaken(message: string): ResumeOutcome {
  return { is: "undelivered", unheard: false, heading: "Your answer was not taken", message };
}

function messageOf(result: object): string {
  const message: unknown = Reflect.get(result, "message");
  return typeof message === "string" ? message : "The server refused it.";
}
