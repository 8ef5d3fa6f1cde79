/** What is wrong with a template, or with what it does: an ordinary error, behind which the instance goes on. */
export class TemplateError extends Error {
  /** From 1; 0 where it is not known. */
  line: number;
  column: number;

  constructor(message: string, line = 0, column = 0) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/** @param place line and column from 0, as `place` packs them */
export function failAt(message: string, place: number): never {
  throw new TemplateError(message, lineOf(place), columnOf(place));
}

const columns = 65_536;

/** A place in the source as one number. */
export function place(lineno: number, colno: number): number {
  return lineno * columns + Math.min(colno, columns - 1);
}

/** Gives an error of the same render that has no place yet this one. */
export function placed(error: unknown, at: number): unknown {
  if (error instanceof TemplateError && error.line === 0) {
    error.line = lineOf(at);
    error.column = columnOf(at);
  }
  return error;
}

function lineOf(at: number): number {
  return Math.floor(at / columns) + 1;
}

function columnOf(at: number): number {
  return (at % columns) + 1;
}
