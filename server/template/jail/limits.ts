import { TemplateError } from "./template-error.ts";

/** The limits of templates (actions.md 3.8). Texts are counted in UTF-16 units while they are made. */
export const limits = {
  source: 64 * 1024,
  loops: 10,
  loopDepth: 2,
  macros: 10,
  range: 100,
  iterations: 2_000,
  text: 256 * 1024,
  /** Units of text and members of lists that filters and operators may go through in one template. */
  work: 4 * 1024 * 1024,
};

const left = { iterations: 0, work: 0, text: 0 };

/** Begins a template anew. @param most units of its output */
export function begin(most: number): void {
  left.iterations = limits.iterations;
  left.work = limits.work;
  left.text = most;
}

/** The output's own limit, in units. */
export function mostOutput(): number {
  return left.text;
}

/** One more turn of a loop. */
export function turn(): void {
  left.iterations -= 1;
  if (left.iterations < 0) throw new TemplateError(`its loops make more than ${limits.iterations} turns`);
}

/** Counts what a filter or an operator goes through, before it does. */
export function charge(amount: number): void {
  left.work -= amount;
  if (left.work < 0) throw new TemplateError("it goes through too much text or too long lists");
}

/** Refuses a text that would be too long, before it is made. */
export function fits(length: number): void {
  if (!(length <= limits.text))
    throw new TemplateError(`a text in it would be longer than ${limits.text / 1024} KiB`);
  charge(length);
}
