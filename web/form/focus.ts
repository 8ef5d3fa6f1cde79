const controls = "input:not([type=hidden]), select, textarea, button:not([data-tool])";

/** Puts the focus on the first thing in the form that shows an issue. */
export function focusFirstIssue(form: HTMLElement): void {
  const first = form.querySelector<HTMLElement>("[data-invalid]");
  if (first === null) return;
  const control = first.matches("[tabindex]") ? first : first.querySelector<HTMLElement>(controls);
  (control ?? first).focus();
  first.scrollIntoView({ block: "nearest" });
}

/**
 * Watches a form that is sent. What this gives tells, once, whether its reader has waited for the answer since: who has gone on, in it
 * or elsewhere on the page, is not led away from there.
 */
export function watchReader(form: HTMLElement): () => boolean {
  const leaving = new AbortController();
  const goOn = () => leaving.abort();
  form.ownerDocument.addEventListener("input", goOn, { signal: leaving.signal });
  form.ownerDocument.addEventListener("focusin", goOn, { signal: leaving.signal });
  return () => {
    const waited = !leaving.signal.aborted;
    leaving.abort();
    return waited;
  };
}

/** Puts the focus on the first control inside, once what was just changed is drawn: what had it may be gone. */
export function focusInside(find: () => Element | null | undefined): void {
  requestAnimationFrame(() => find()?.querySelector<HTMLElement>(controls)?.focus());
}
