"use client";

import { AlertDialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Button, type ButtonLook } from "./button.tsx";
import { Notice } from "./notice.tsx";
import { useClosedByBack } from "./use-closed-by-back.ts";

interface Props {
  trigger: ReactNode;
  title: string;
  /** What is about to happen. */
  children: ReactNode;
  action: string;
  look?: ButtonLook;
  /** Does it; gives why it was refused, or null where it was done. */
  onConfirm: () => Promise<string | null>;
}

/** Asks before something is done, and stays open with the reason where it was refused. */
export function ConfirmDialog({ trigger, title, children, action, look = "primary", onConfirm }: Props) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const change = (next: boolean) => {
    if (busy) return;
    setRefusal(null);
    setOpen(next);
  };
  useClosedByBack(open, change);
  const confirm = async () => {
    setBusy(true);
    const reason = await onConfirm();
    setBusy(false);
    setRefusal(reason);
    if (reason === null) setOpen(false);
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={change}>
      <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <AlertDialog.Content className="dialog max-w-md">
          <AlertDialog.Title className="text-base font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="text-sm text-soft">{children}</div>
          </AlertDialog.Description>
          {refusal === null ? null : (
            <Notice look="bad" alert>
              {refusal}
            </Notice>
          )}
          <div className="flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button disabled={busy}>Back</Button>
            </AlertDialog.Cancel>
            <Button look={look} busy={busy} disabled={busy} onClick={confirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
