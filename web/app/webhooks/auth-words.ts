import type { WebhookAuthType } from "../../gql/graphql.ts";

/** The ways in which requests can prove who sends them. */
export const authTypes: Record<WebhookAuthType, { name: string; how: string }> = {
  NONE: { name: "None", how: "Whoever knows the URL may send: treat it as a secret." },
  BEARER: {
    name: "Bearer token",
    how: "Senders bear a token that the server makes: Authorization: Bearer <token>.",
  },
  GITHUB: { name: "GitHub", how: "As GitHub signs, in X-Hub-Signature-256, with the secret given there." },
  GITLAB: { name: "GitLab", how: "By the secret token that GitLab sends in X-Gitlab-Token." },
  SLACK: { name: "Slack", how: "As Slack signs, in X-Slack-Signature, with the app's signing secret." },
  STRIPE: { name: "Stripe", how: "As Stripe signs, in Stripe-Signature, with the endpoint's secret." },
  STANDARD_WEBHOOKS: {
    name: "Standard Webhooks",
    how: "As Standard Webhooks are signed, in webhook-signature, with a secret of the form whsec_….",
  },
  HMAC: { name: "HMAC signature", how: "By a signature of the body in a header that you name." },
};

/** Whether the way needs a secret of the sender's. */
export function needsSecret(type: WebhookAuthType): boolean {
  return type !== "NONE" && type !== "BEARER";
}
