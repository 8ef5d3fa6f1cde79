import type { Outcome } from "./outcome.ts";

/**
 * Sends to all of them at once, and makes one outcome of all: a failure where any is one, and another attempt, at all of them, where
 * that may help any. Some may then have the message twice, which is better than not at all.
 *
 * @param recipients at least one
 */
export async function sendToEach(
  recipients: readonly string[],
  send: (recipient: string) => Promise<Outcome>,
): Promise<Outcome> {
  const sent = await Promise.all(
    recipients.map(async (recipient) => ({ recipient, outcome: await send(recipient) })),
  );
  const failures = sent.flatMap(({ recipient, outcome }) =>
    outcome.kind === "done" ? [] : [{ recipient, outcome }],
  );
  const log = sent.flatMap(({ recipient, outcome }) => outcome.log.map((line) => `${recipient}: ${line}`));
  const [first = failures[0]] = failures.filter(({ outcome }) => outcome.kind === "again");
  if (first === undefined) return { kind: "done", details: sent[0]?.outcome.details ?? {}, log };
  const reasons = failures.map(({ recipient, outcome }) => `${recipient}: ${outcome.reason}`);
  const reason = `${failures.length} of ${sent.length} failed: ${reasons.join("; ")}`;
  return { ...first.outcome, reason, log };
}
