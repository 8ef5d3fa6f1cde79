"use client";

import { useRouter } from "next/navigation";
import { AlertDialog } from "radix-ui";
import { useEffect, useState } from "react";
import { Button, buttonClass } from "../ui/button.tsx";

/**
 * Asks before a page with unsaved text is left: by its own dialog where a link is followed, by the browser's where the page is closed. Gives
 * the dialog.
 */
export function UnsavedGuard({ dirty, onLeave }: { dirty: boolean; onLeave: () => void }) {
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);
  useEffect(() => {
    if (!dirty) return;
    const closing = (event: BeforeUnloadEvent) => event.preventDefault();
    const following = (event: MouseEvent) => {
      const href = leadingAway(event);
      if (href === null) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(href);
    };
    addEventListener("beforeunload", closing);
    // Before the link's own listener, which would be on the way already.
    document.addEventListener("click", following, { capture: true });
    return () => {
      removeEventListener("beforeunload", closing);
      document.removeEventListener("click", following, { capture: true });
    };
  }, [dirty]);
  return (
    <AlertDialog.Root open={target !== null} onOpenChange={(open) => !open && setTarget(null)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <AlertDialog.Content className="dialog max-w-md">
          <AlertDialog.Title className="text-base font-semibold">Leave without saving?</AlertDialog.Title>
          <AlertDialog.Description className="text-sm text-soft">
            What you have changed is not saved.
          </AlertDialog.Description>
          <div className="flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel className={buttonClass()}>Stay</AlertDialog.Cancel>
            <Button
              look="danger"
              onClick={() => {
                const href = target;
                setTarget(null);
                onLeave();
                if (href !== null) router.push(href);
              }}
            >
              Leave
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** The address of this console that a click would replace the page by; null for every other click. */
function leadingAway(event: MouseEvent): string | null {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.target === "_blank" || link.origin !== location.origin) return null;
  const { pathname, search, hash } = link;
  if (pathname === location.pathname && search === location.search) return null;
  return `${pathname}${search}${hash}`;
}
