/** Whether a text is a template, and not just text: anything else passes through untouched (actions.md 3.1). */
export function isTemplate(text: string): boolean {
  return text.includes("{{") || text.includes("{%");
}
