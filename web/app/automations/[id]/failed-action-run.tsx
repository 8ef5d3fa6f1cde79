"use client";

import { useState } from "react";
import { type CombinedError, useMutation } from "urql";
import type { ShownActionRunFragment } from "../../../gql/graphql.ts";
import { refusedText } from "../../../lib/graphql/refused.ts";
import { Button } from "../../../ui/button.tsx";
import { Moment } from "../../../ui/time.tsx";
import { discardActionRunDocument, retryActionRunDocument } from "./documents.ts";

interface Props {
  run: ShownActionRunFragment;
  /** Resolves when the runs are shown as they are now. */
  readAgain: () => Promise<void>;
  /** It is carried out again. */
  onRetried?: (() => void) | undefined;
}

type Answer = { __typename: "ActionRun" } | { __typename: string; message: string } | undefined;

/** What can be done about an action that failed: carry it out once more, or leave it at that. */
export function FailedActionRun({ run, readAgain, onRetried }: Props) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [{ fetching: retrying }, retry] = useMutation(retryActionRunDocument);
  const [{ fetching: discarding }, discard] = useMutation(discardActionRunDocument);
  const busy = retrying || discarding;
  const tell = async (what: string, answer: Answer, error: CombinedError | undefined) => {
    setRefusal(
      answer !== undefined && !("message" in answer) ? null : `${what}: ${refusedText(answer, error)}`,
    );
    await readAgain();
  };
  const onRetry = async () => {
    const { data, error } = await retry({ id: run.id });
    if (data?.retryActionRun.__typename === "ActionRun") onRetried?.();
    await tell("It was not begun again", data?.retryActionRun, error);
  };
  const onDiscard = async () => {
    const { data, error } = await discard({ id: run.id });
    await tell("It was not discarded", data?.discardActionRun, error);
  };
  return (
    <>
      <span className="ml-auto flex items-center gap-2">
        {run.discardedAt ? (
          <span className="text-xs text-faint">
            discarded <Moment at={run.discardedAt} />
          </span>
        ) : (
          <Button size="small" look="quiet" busy={discarding} disabled={busy} onClick={onDiscard}>
            Discard
          </Button>
        )}
        <Button size="small" busy={retrying} disabled={busy} onClick={onRetry}>
          Retry
        </Button>
      </span>
      {refusal === null ? null : (
        <p role="alert" className="w-full text-xs text-bad-ink sm:ml-25">
          {refusal}
        </p>
      )}
    </>
  );
}
