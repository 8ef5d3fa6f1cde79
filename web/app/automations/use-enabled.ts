"use client";

import { useTurned } from "../../ui/use-turned.ts";
import { setEnabledDocument } from "./documents.ts";

/** Whether an automation watches, and what turns that on and off. */
export function useEnabled(
  { id, enabled }: { id: string; enabled: boolean },
  readAgain: () => Promise<void>,
) {
  return useTurned(enabled, setEnabledDocument, {
    variables: (on) => ({ id, enabled: on }),
    resultOf: (data) => data.setAutomationEnabled,
    success: "Automation",
    readAgain,
  });
}
