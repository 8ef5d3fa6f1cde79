import type { Labels } from "../event/event.ts";
import { cutText, fitEvent } from "../event/fit.ts";
import type { UntimedEvent } from "../event/untimed-event.ts";
import { relatedResource, relatedRun, relatedToRun, type ToldRun } from "../flow-run/told-run.ts";
import type { JsonObject } from "../json.ts";
import { keyset } from "./keyset.ts";

/** A question, as its events show it. */
export interface ToldQuestion {
  /** Of this one asking; the resource of all its events. */
  id: string;
  /** Names this asking: `paused-1`, … */
  key: string;
  inputType: string;
}

/** A message, as its events show it. */
export interface ToldMessage {
  id: string;
  key: string;
  inputType: string | null;
  keyPrefix: string | null;
}

/** The run as an event shows it that another run's code has caused: the automations that led to that one led to the event too. */
export function causedBy(run: ToldRun, by: { chain: readonly string[] } | null): ToldRun {
  return by === null || by.chain.length === 0 ? run : { ...run, chain: by.chain };
}

type Verb = "requested" | "responded" | "rejected" | "expired" | "sent" | "consumed";

/**
 * The events of a run's inputs. Pure. None of them holds a value that was given.
 *
 * The resource of a question's events is the asking, that of a message's is the message: `prefect.flow-run-input.<id>`.
 */
function inputEvent(
  id: string,
  verb: Verb,
  run: ToldRun,
  resource: { id: string; key: string },
  payload: JsonObject,
  sender: string | null = null,
): UntimedEvent {
  const labels: Labels = {
    "prefect.resource.id": `prefect.flow-run-input.${resource.id}`,
    "prefect.resource.name": resource.key,
  };
  return fitEvent({
    id,
    event: `prefect.flow-run-input.${verb}`,
    resource: labels,
    related: [
      relatedRun(run),
      ...relatedToRun(run, sender === null || sender === "" ? [] : [relatedResource(sender, "sender")], 1),
    ],
    payload,
    chain: run.chain,
  });
}

/** A run asks. The statement that stores the question adds `deadline`, the moment at which it ends unanswered, or null. */
export function requestedEvent(
  id: string,
  run: ToldRun,
  question: ToldQuestion & { description: string | null },
  resumeUrl: string,
): UntimedEvent {
  const { description } = question;
  return inputEvent(id, "requested", run, question, {
    ...about(question),
    keyset: { ...keyset(question.key) },
    description: description === null ? null : cutText(description),
    resume_url: resumeUrl,
  });
}

/** Its question was answered. @param submittedBy resource id; null where nobody is known */
export function respondedEvent(
  id: string,
  run: ToldRun,
  question: ToldQuestion,
  submittedBy: string | null,
): UntimedEvent {
  return inputEvent(
    id,
    "responded",
    run,
    question,
    { ...about(question), submitted_by: submittedBy },
    submittedBy,
  );
}

/** Nobody answered in time. */
export function expiredEvent(
  id: string,
  run: ToldRun,
  question: ToldQuestion,
  onTimeout: string,
): UntimedEvent {
  return inputEvent(id, "expired", run, question, { ...about(question), on_timeout: onTimeout });
}

/** The run's code refused the answer of a question that was accepted before. */
export function rejectedAnswerEvent(id: string, run: ToldRun, question: ToldQuestion): UntimedEvent {
  return inputEvent(id, "rejected", run, question, { ...about(question), reason: "refused" });
}

/** The run's code was handed the answer of a question. */
export function consumedAnswerEvent(id: string, run: ToldRun, question: ToldQuestion): UntimedEvent {
  return inputEvent(id, "consumed", run, question, about(question));
}

/** A message was stored for a run. @param sender resource id; null where nobody is known */
export function sentEvent(
  id: string,
  run: ToldRun,
  message: ToldMessage & { inReplyTo: string | null },
  sender: string | null,
): UntimedEvent {
  const payload = { ...aboutMessage(message), in_reply_to: message.inReplyTo };
  return inputEvent(id, "sent", run, message, payload, sender);
}

/** The run's code was handed a message. */
export function consumedMessageEvent(
  id: string,
  run: ToldRun,
  message: ToldMessage,
  sender: string | null,
): UntimedEvent {
  return inputEvent(id, "consumed", run, message, aboutMessage(message), sender);
}

/** A message was refused by the run's code, or lost too often by those who had claimed it. */
export function rejectedMessageEvent(
  id: string,
  run: ToldRun,
  message: ToldMessage,
  sender: string | null,
  reason: "refused" | "lost",
): UntimedEvent {
  return inputEvent(id, "rejected", run, message, { ...aboutMessage(message), reason }, sender);
}

function about({ key, inputType }: ToldQuestion): JsonObject {
  return { kind: "answer", key, input_type: inputType };
}

function aboutMessage({ key, inputType, keyPrefix }: ToldMessage): JsonObject {
  return { kind: "message", key, input_type: inputType, key_prefix: keyPrefix };
}
