const controls = "input:not([type=hidden]), select, textarea, button:not([data-tool])";

/** Puts the focus on the first thing in the form that shows an issue. */
export function focusFirstIssue(form: HTMLElement): void {
  const first = form.querySelector<HTMLElement>("[data-invalid]");
  if (first === null) return;
  const control = first.matches("[tabindex]") ? first : first.querySelector<HTMLElement>(controls);
  (control ?? first).focus();
  first.scrollIntoView({ block: "nearest" });
}

/** Puts the focus on the first control inside, once what was just changed is drawn: what had it may be gone. */
export function focusInside(find: () => Element | null | undefined): void {
  requestAnimationFrame(() => find()?.querySelector<HTMLElement>(controls)?.focus());
}
