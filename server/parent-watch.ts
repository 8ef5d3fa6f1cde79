/** How often the parent is looked at, in milliseconds. */
const interval = 500;

/**
 * Calls back once when the process that started this one is gone (killed, so that it could not say goodbye).
 * Does nothing unless ANTIPHON_PARENT_WATCH is 1, which `npm start` sets: a server that was started as a
 * daemon outlives its parent on purpose. Does not keep the process alive.
 *
 * @returns ends the watch
 */
export function watchParent(
  onGone: () => void,
  enabled = process.env.ANTIPHON_PARENT_WATCH === "1",
): () => void {
  if (!enabled) return () => undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}
