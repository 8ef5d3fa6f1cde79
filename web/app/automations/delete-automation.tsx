"use client";

import type { ReactNode } from "react";
import { useMutation } from "urql";
import { refusedText } from "../../lib/graphql/refused.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { deleteAutomationDocument } from "./documents.ts";

interface Props {
  automation: { id: string; name: string; ownerResource?: string | null | undefined };
  trigger: ReactNode;
  onDeleted: () => void;
}

/** Deletes an automation after asking. */
export function DeleteAutomation({ automation, trigger, onDeleted }: Props) {
  const [, remove] = useMutation(deleteAutomationDocument);
  const { id, name, ownerResource } = automation;
  const confirm = async () => {
    const { data, error } = await remove({ id });
    if (data === undefined) return refusedText(undefined, error);
    onDeleted();
    return null;
  };
  return (
    <ConfirmDialog
      trigger={trigger}
      title={`Delete ${name}?`}
      action="Delete the automation"
      look="danger"
      onConfirm={confirm}
    >
      <p>
        <strong className="text-ink">{name}</strong> watches no longer. What it has done stays done, and its
        events stay in the log.
        {ownerResource ? " Its deployment makes it anew when it is registered again." : null}
      </p>
    </ConfirmDialog>
  );
}
