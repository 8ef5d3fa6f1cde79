import { useEffect } from "react";

/** Closes what is open over a page when somebody goes back or forward: what is below it then is another page, or the same with other things. */
export function useClosedByBack(open: boolean, onOpenChange: (open: boolean) => void): void {
  useEffect(() => {
    if (!open) return;
    const close = () => onOpenChange(false);
    window.addEventListener("popstate", close);
    return () => window.removeEventListener("popstate", close);
  }, [open, onOpenChange]);
}
