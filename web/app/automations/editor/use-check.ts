"use client";

import { useEffect, useMemo, useState } from "react";
import { useClient } from "urql";
import type { Issue } from "../../../../core/error.ts";
import type { Json } from "../../../../core/json.ts";
import { useConnection } from "../../../lib/graphql/provider.tsx";
import { checkHere, type Meaning } from "./check-here.ts";
import { checkAutomationDocument } from "./documents.ts";

/** What is said of a document. */
export interface Checked {
  readonly issues: readonly Issue[];
  readonly warnings: readonly Issue[];
  readonly meaning: Meaning | null;
  /** Who has looked at it as it is now: only here, with the server asked or not reached, or the server too. */
  readonly by: "here" | "asking" | "unreachable" | "server";
}

const pauseMs = 400;

interface Answer {
  readonly value: Json;
  /** Null where there was none. */
  readonly check: { readonly issues: readonly Issue[]; readonly warnings: readonly Issue[] } | null;
}

/**
 * Judges a document as it is typed: at once by what is known here, and soon after by the server, which stores nothing.
 *
 * @param value undefined where the text stands for none
 * @param id the automation that it would replace; null for a new one
 */
export function useCheck(value: Json | undefined, id: string | null): Checked {
  const client = useClient();
  const { epoch } = useConnection();
  const here = useMemo(() => (value === undefined ? null : checkHere(value)), [value]);
  const [answer, setAnswer] = useState<Answer | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a server that is there again is asked again
  useEffect(() => {
    if (value === undefined) return;
    let gone = false;
    const timer = setTimeout(async () => {
      const { data } = await client.query(checkAutomationDocument, { document: value, id }).toPromise();
      if (!gone) setAnswer({ value, check: data?.checkAutomation ?? null });
    }, pauseMs);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [client, value, id, epoch]);
  if (here === null) return { issues: [], warnings: [], meaning: null, by: "here" };
  if (answer === null || answer.value !== value) return { ...here, by: "asking" };
  if (answer.check === null) return { ...here, by: "unreachable" };
  return { ...answer.check, meaning: here.meaning, by: "server" };
}
