"use client";

import { Dialog } from "radix-ui";
import { useState } from "react";
import type { Issue } from "../../../../core/error.ts";
import type { RunnableFragment } from "../../../gql/graphql.ts";
import { newIdempotencyKey } from "../../../lib/idempotency-key.ts";
import { Button } from "../../../ui/button.tsx";
import { useClosedByBack } from "../../../ui/use-closed-by-back.ts";
import { useShownRouter } from "../../../ui/use-shown-router.ts";
import { RunDialog } from "../run-dialog.tsx";
import { useStartRun } from "../use-start-run.ts";

interface Props {
  deployment: RunnableFragment;
  /** Why a run was not started, where no form can mend it; null where it was. */
  onRefused: (message: string | null) => void;
}

/** Starts a run at once as the deployment says, or with a form; parameters that are missing or do not fit open the form. */
export function RunButtons({ deployment, onRefused }: Props) {
  const router = useShownRouter();
  const [open, setOpen] = useState(false);
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const [busy, setBusy] = useState(false);
  const [idempotencyKey, setKey] = useState(newIdempotencyKey);
  const startRun = useStartRun(deployment.id);
  const startNow = async () => {
    onRefused(null);
    const started = await startRun({ idempotencyKey });
    switch (started.is) {
      case "started":
        setKey(newIdempotencyKey());
        await router.push(`/runs/${started.id}`);
        return;
      case "refused":
        setIssues(started.issues);
        setOpen(true);
        return;
      case "undelivered":
        onRefused(`${started.heading}. ${started.message}`);
    }
  };
  const quick = async () => {
    setBusy(true);
    await startNow();
    setBusy(false);
  };
  const change = (next: boolean) => {
    setIssues([]);
    setOpen(next);
  };
  useClosedByBack(open, change);
  return (
    <>
      <Button size="small" look="primary" busy={busy} disabled={busy} onClick={quick}>
        Quick run
      </Button>
      <Dialog.Root open={open} onOpenChange={change}>
        <Dialog.Trigger asChild>
          <Button size="small">Custom run</Button>
        </Dialog.Trigger>
        {open ? <RunDialog deployment={deployment} issues={issues} /> : null}
      </Dialog.Root>
    </>
  );
}
