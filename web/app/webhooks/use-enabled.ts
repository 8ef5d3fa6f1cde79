"use client";

import { useTurned } from "../../ui/use-turned.ts";
import { setWebhookEnabledDocument } from "./documents.ts";

/** Whether a webhook takes requests, and what turns that on and off. */
export function useEnabled(
  { id, enabled }: { id: string; enabled: boolean },
  readAgain: () => Promise<void>,
) {
  return useTurned(enabled, setWebhookEnabledDocument, {
    variables: (on) => ({ id, enabled: on }),
    resultOf: (data) => data.setWebhookEnabled,
    success: "Webhook",
    readAgain,
  });
}
