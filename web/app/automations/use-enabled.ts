"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useMutation } from "urql";
import { setEnabledDocument } from "./documents.ts";
import { refusedText } from "./refused.ts";

/** Whether an automation watches, as it was just asked to be; back to what it is, with the reason, where that was refused. */
export function useEnabled(automation: { id: string; enabled: boolean }) {
  const router = useRouter();
  const { id, enabled } = automation;
  const [asked, setAsked] = useState<boolean | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [{ fetching }, setEnabled] = useMutation(setEnabledDocument);
  // What the server says now is newer than what was asked.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of it is a reason
  useEffect(() => setAsked(null), [enabled]);
  const ask = async (next: boolean) => {
    setAsked(next);
    setRefusal(null);
    const { data, error } = await setEnabled({ id, enabled: next });
    const result = data?.setAutomationEnabled;
    if (result?.__typename === "Automation") {
      setAsked(result.enabled);
    } else {
      setAsked(null);
      setRefusal(refusedText(result, error));
    }
    router.refresh();
  };
  return { enabled: asked ?? enabled, refusal, busy: fetching, ask };
}
