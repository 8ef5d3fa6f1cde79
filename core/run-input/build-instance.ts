import type { AnyRunInputClass, InputMetadata, RunInputBase } from "./contract.ts";

/** A value that has been parsed already, on its way into an instance. */
export interface Parsed {
  output: object;
  given: unknown;
  metadata: InputMetadata | null;
}

let pending: (Parsed & { type: AnyRunInputClass }) | null = null;

/** An instance of a value that has been parsed already: the class's constructors run, the schema does not. */
export function buildInstance(type: AnyRunInputClass, parsed: Parsed): RunInputBase {
  const before = pending;
  pending = { ...parsed, type };
  try {
    // What the schema's input side was given is what the constructor takes.
    return new type(parsed.given as never);
  } finally {
    pending = before;
  }
}

/**
 * For the constructor of a `RunInput` class: the parsed value that it is called for, once; null where it was called with `new`.
 * Construction is synchronous, so no other comes between.
 */
export function pendingFor(type: AnyRunInputClass): Parsed | null {
  if (pending === null || pending.type !== type) return null;
  const parsed = pending;
  pending = null;
  return parsed;
}

/** The error of a synchronous parse of a type that needs an asynchronous one. */
export function asyncRefinement(name: string): Error {
  return new Error(
    `${name} has an asynchronous refinement or transform, so \`new ${name}(…)\` cannot check the value; send a plain value with ` +
      `\`sendInput(value, { type: ${name}, … })\` instead`,
  );
}
