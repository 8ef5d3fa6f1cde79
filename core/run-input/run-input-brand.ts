import type { AnyRunInputClass, InputMetadata } from "./contract.ts";

/** Marks the classes that `RunInput` made; its value is the class whose name counts, null of one without a name of its own. */
export const RUN_INPUT = Symbol("RunInput");
/** Under which an instance keeps what it was given and where it came from. */
export const FACTS = Symbol("RunInput facts");

export interface InstanceFacts {
  /** The input side: what `new` was given, or what was restored. */
  given: unknown;
  metadata: InputMetadata | null;
  madeBy: AnyRunInputClass;
}

/** Whether the value is a class made by `RunInput`, or one that extends it. */
export function isRunInputClass(value: unknown): value is AnyRunInputClass {
  return typeof value === "function" && RUN_INPUT in value;
}

/** The class of an instance; null of any other value. */
export function runInputClassOf(value: unknown): AnyRunInputClass | null {
  return factsOf(value)?.madeBy ?? null;
}

/** Where a received instance comes from; null of one that was made here. */
export function metadataOf(instance: unknown): InputMetadata | null {
  return factsOf(instance)?.metadata ?? null;
}

/** What an instance keeps of its making; null of any other value. */
export function factsOf(value: unknown): InstanceFacts | null {
  if (typeof value !== "object" || value === null || !(FACTS in value)) return null;
  // Only the constructor that RunInput makes sets this property.
  return value[FACTS] as InstanceFacts;
}

/** A class's own name; null of what `RunInput` returned itself, and of a class that its author did not name. */
export function classNameOf(type: AnyRunInputClass): string | null {
  // Set on what RunInput returned and on what withInitialData made: the class that stands for it, or null.
  const standsFor = Object.hasOwn(type, RUN_INPUT)
    ? (type as { [RUN_INPUT]?: AnyRunInputClass | null })[RUN_INPUT]
    : undefined;
  if (standsFor === null) return null;
  if (standsFor !== undefined) return classNameOf(standsFor);
  const named = type as AnyRunInputClass & { name: unknown };
  if (!Object.hasOwn(type, "name") || typeof named.name !== "string") return null;
  // `export default class extends …` is named "default" by the language, not by its author.
  return named.name === "" || named.name === "default" ? null : named.name;
}
