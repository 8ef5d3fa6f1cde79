/** One of the conditions under which an event makes a trigger fire, as it stood for one event. */
export interface Explained {
  /** Where it stands in the automation's document. */
  readonly path: readonly string[];
  readonly holds: boolean;
  readonly expected: string;
  readonly actual: string;
  /** What follows where it is the first that does not hold, in one sentence. */
  readonly because: string;
}

/** Where a trigger stands in its automation's document. */
export function documentPath(path: readonly number[], ...field: readonly string[]): string[] {
  return ["trigger", ...path.flatMap((member) => ["triggers", String(member)]), ...field];
}

/** An instant as people and programs read it. */
export function instantText(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
