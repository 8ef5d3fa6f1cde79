"use client";

import { DeleteDialog } from "../../ui/delete-dialog.tsx";
import { deleteAutomationDocument } from "./documents.ts";

interface Props {
  automation: { id: string; name: string; ownerResource?: string | null | undefined };
  listed?: boolean;
  /** Resolves when it is shown that it is gone. */
  onDeleted: () => Promise<void>;
}

/** Deletes an automation after asking. */
export function DeleteAutomation({ automation, listed = false, onDeleted }: Props) {
  const { id, name, ownerResource } = automation;
  return (
    <DeleteDialog
      name={name}
      kind="automation"
      listed={listed}
      document={deleteAutomationDocument}
      variables={{ id }}
      onDeleted={onDeleted}
    >
      <p>
        <strong className="text-ink">{name}</strong> watches no longer. What it has done stays done, and its
        events stay in the log.
        {ownerResource ? " Its deployment makes it anew when it is registered again." : null}
      </p>
    </DeleteDialog>
  );
}
