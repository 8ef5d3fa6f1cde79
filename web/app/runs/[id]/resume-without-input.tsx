"use client";

import { useState } from "react";
import { newIdempotencyKey } from "../../../lib/idempotency-key.ts";
import { Button } from "../../../ui/button.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { Countdown } from "./countdown.tsx";
import type { WaitProps } from "./question.tsx";
import { useResume } from "./use-resume.ts";

/** A run that waits without a question is simply let go on, after asking. */
export function ResumeWithoutInput({
  run,
  pause,
  locked,
  onSending,
  onTaken,
  onUnheard,
  onRefused,
}: WaitProps) {
  const [idempotencyKey] = useState(newIdempotencyKey);
  const resume = useResume(run.id);
  const confirm = async () => {
    onSending(true);
    const outcome = await resume({ pause, idempotencyKey });
    onSending(false);
    switch (outcome.is) {
      case "taken":
        onTaken();
        return null;
      case "over":
        onRefused(outcome.message);
        return null;
      case "refused":
        return outcome.issues.map(({ message }) => message).join("; ");
      case "undelivered":
        if (outcome.unheard) onUnheard();
        return `${outcome.heading}. ${outcome.message}`;
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <ConfirmDialog
        trigger={
          <Button look="primary" disabled={locked}>
            Resume
          </Button>
        }
        title={`Resume ${run.name}?`}
        action="Resume"
        onConfirm={confirm}
      >
        <p>
          The run <strong className="text-ink">{run.name}</strong> is{" "}
          <strong className="text-ink">{run.state.name}</strong> and asks nothing. It goes on where it
          stopped.
        </p>
      </ConfirmDialog>
      <span className="text-xs">{locked ? null : <Countdown expiresAt={pause.expiresAt} />}</span>
    </div>
  );
}
