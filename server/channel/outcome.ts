import type { JsonObject } from "../../core/json.ts";
import { cut } from "../../core/notification/cut.ts";
import type { OutgoingResult } from "../outgoing/request.ts";
import { retryAfter } from "../outgoing/retry-after.ts";

/** What became of something that was to be sent. No part of it holds a secret. */
export type Outcome = (
  | { readonly kind: "done" }
  /** Another try would fail alike. */
  | { readonly kind: "refused"; readonly reason: string }
  /** `after`: seconds that the other side asks to wait; null where it does not say. */
  | { readonly kind: "again"; readonly reason: string; readonly after: number | null }
) & {
  /** What an action's result says of it. */
  readonly details: JsonObject;
  /** What happened, line by line. */
  readonly log: readonly string[];
};

/** Statuses that say: not now. */
const temporary = new Set([408, 425, 429]);

export interface HowToJudge {
  readonly now: Date;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  /** What the body of a 2xx says, of services that tell failures there; done where it is left out. */
  readonly judge?: ((body: string) => Outcome["kind"]) | undefined;
}

/** What an answer means: 2xx is success, 408, 425, 429 and 5xx are worth another try, and so is no answer; everything else is final. */
export function outcomeOf(
  what: string,
  result: OutgoingResult,
  { now, redact, judge = () => "done" }: HowToJudge,
): Outcome {
  const log = [what];
  if (result.kind === "refused")
    return { kind: "refused", reason: result.reason, details: {}, log: [...log, result.reason] };
  if (result.kind === "failed")
    return { kind: "again", reason: result.reason, after: null, details: {}, log: [...log, result.reason] };
  const { status, headers, body } = result;
  const details = { status_code: status };
  // First redacted, then cut: half a secret would not be found.
  const text = redact(body).replaceAll("\0", "\u{fffd}").trim();
  const said = text === "" ? "" : `: ${cut(text, 500)}`;
  const answer = `answered ${status}${said}`;
  log.push(answer);
  const kind = status >= 200 && status < 300 ? judge(body) : kindOf(status);
  if (kind === "done") return { kind, details, log };
  const reason = `${what} ${answer}`;
  if (kind === "refused") return { kind, reason, details, log };
  return { kind, reason, after: retryAfter(headers["retry-after"], now), details, log };
}

function kindOf(status: number): "refused" | "again" {
  return status < 500 && !temporary.has(status) ? "refused" : "again";
}

/** The outcome of something that is wrong before anything was sent. */
export function refusedOutcome(reason: string): Outcome {
  return { kind: "refused", reason, details: {}, log: [reason] };
}
