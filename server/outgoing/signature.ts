import { createHmac } from "node:crypto";

const prefix = "whsec_";

/** What is signed and sent, as Standard Webhooks have it: https://www.standardwebhooks.com. */
export interface SignedMessage {
  /** The same in every attempt. */
  readonly id: string;
  readonly timestamp: Date;
  readonly body: string;
}

/**
 * The headers of a message: its id and time always, and one signature for each secret.
 *
 * @param secrets `whsec_` and base64, as `isSigningSecret` takes them
 */
export function signatureHeaders(message: SignedMessage, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(message.timestamp.getTime() / 1000));
  const signed = `${message.id}.${timestamp}.${message.body}`;
  const signatures = secrets.map(
    (secret) => `v1,${createHmac("sha256", keyOf(secret)).update(signed).digest("base64")}`,
  );
  return {
    "webhook-id": message.id,
    "webhook-timestamp": timestamp,
    ...(signatures.length > 0 && { "webhook-signature": signatures.join(" ") }),
  };
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(prefix.length), "base64");
}
