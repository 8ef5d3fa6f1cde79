const controls = "input:not([type=hidden]), select, textarea, button:not([data-tool])";

/** Puts the focus on the first thing in the form that shows an issue. */
export function focusFirstIssue(form: HTMLElement): void {
  const first = form.querySelector<HTMLElement>("[data-invalid]");
  if (first === null) return;
  const control = first.matches("[tabindex]") ? first : first.querySelector<HTMLElement>(controls);
  (control ?? first).focus();
  first.scrollIntoView({ block: "nearest" });
}
