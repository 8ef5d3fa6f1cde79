"use client";

import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { useClosedByBack } from "./use-closed-by-back.ts";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: ReactNode;
  title: string;
  children: ReactNode;
}

/** What is opened over the page by a button, and closed when somebody turns away from it. */
export function DialogFrame({ open, onOpenChange, trigger, title, children }: Props) {
  useClosedByBack(open, onOpenChange);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content className="dialog max-w-lg" aria-describedby={undefined}>
          <Dialog.Title className="text-base font-semibold wrap-anywhere">{title}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
