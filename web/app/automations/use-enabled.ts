"use client";

import { useState } from "react";
import { useMutation } from "urql";
import { refusedText } from "../../lib/graphql/refused.ts";
import { setEnabledDocument } from "./documents.ts";

/**
 * Whether an automation watches, as it was just asked to be; back to what it is, with the reason, where that was refused.
 *
 * @param readAgain resolves when the automation is shown as it is now
 */
export function useEnabled(automation: { id: string; enabled: boolean }, readAgain: () => Promise<void>) {
  const { id, enabled } = automation;
  const [asked, setAsked] = useState<boolean | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [{ fetching }, setEnabled] = useMutation(setEnabledDocument);
  const ask = async (next: boolean) => {
    setAsked(next);
    setRefusal(null);
    const { data, error } = await setEnabled({ id, enabled: next });
    const result = data?.setAutomationEnabled;
    if (result?.__typename === "Automation") await readAgain();
    else setRefusal(refusedText(result, error));
    setAsked(null);
  };
  return { enabled: asked ?? enabled, refusal, busy: fetching, ask };
}
