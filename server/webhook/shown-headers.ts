import { proofHeaders, type WebhookAuth } from "../../core/webhook/auth.ts";
import { shownHeaders } from "../outgoing/shown-headers.ts";

/** Headers in which senders hand over what is secret, whatever the webhook asks of them. */
const secret =
  /^(?:x-gitlab-token|x-api-key|api-key|apikey|x-auth-token|x-access-token|x-secret|x-webhook-secret|x-hub-signature.*|stripe-signature|x-slack-signature|webhook-signature|aeg-sas-key|aeg-sas-token)$/;

/** What of a request's headers templates see, and what is kept: without what is secret, what proves the request, and noise. */
export function keptHeaders(
  headers: Readonly<Record<string, string>>,
  auth: WebhookAuth,
): Record<string, string> {
  const proof = proofHeaders(auth);
  return Object.fromEntries(
    Object.entries(shownHeaders(headers)).filter(([name]) => !secret.test(name) && !proof.includes(name)),
  );
}
