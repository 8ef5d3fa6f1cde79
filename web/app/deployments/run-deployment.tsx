"use client";

import { Dialog } from "radix-ui";
import { useState } from "react";
import type { RunnableFragment } from "../../gql/graphql.ts";
import { Button } from "../../ui/button.tsx";
import { useClosedByBack } from "../../ui/use-closed-by-back.ts";
import { RunDialog } from "./run-dialog.tsx";

/** Starts a run of a deployment, with a form of its parameters. */
export function RunDeployment({ deployment }: { deployment: RunnableFragment }) {
  const [open, setOpen] = useState(false);
  useClosedByBack(open, setOpen);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button size="small" aria-label={`Run ${deployment.fullName}`}>
          Run
        </Button>
      </Dialog.Trigger>
      {open ? <RunDialog deployment={deployment} /> : null}
    </Dialog.Root>
  );
}
