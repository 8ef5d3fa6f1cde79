/** Whether a text is a template: only one with `{{` or `{%` in it is; anything else stays as it is (actions.md 3.1). */
export function isTemplate(text: string): boolean {
  return text.includes("{{") || text.includes("{%");
}
