/**
 * The action of a command whose code is loaded when it is run, so that every other command starts without it:
 * `.action(loaded(async () => (await import("./list.ts")).list))`.
 */
export function loaded<Args extends unknown[]>(
  load: () => Promise<(...args: Args) => void | Promise<void>>,
): (...args: Args) => Promise<void> {
  return async (...args) => (await load())(...args);
}
