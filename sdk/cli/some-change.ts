import { UsageError } from "./failure.ts";

/**
 * The change, where it changes something.
 *
 * @param options by which it could, as they are typed
 * @throws UsageError
 */
export function someChange<Change extends object>(change: Change, options: string): Change {
  if (Object.keys(change).length > 0) return change;
  throw new UsageError(`nothing is to be changed: give ${options}`);
}
