/** The methods that a webhook can take. */
export const webhookMethods = ["GET", "HEAD", "DELETE", "POST", "PUT", "PATCH"] as const;
export type WebhookMethod = (typeof webhookMethods)[number];

export function isWebhookMethod(text: string): text is WebhookMethod {
  return webhookMethods.some((method) => method === text);
}
