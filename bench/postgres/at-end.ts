import os from "node:os";
import { watchParent } from "../../server/parent-watch.ts";

const endings = new Set<() => void>();

/**
 * Has something done when this process ends before its time: by an error, by a signal that can be caught, or because the process
 * that started it is gone. It cannot wait for anything. Returns what takes that back.
 */
export function atEnd(end: () => void): () => void {
  if (endings.size === 0) watch();
  endings.add(end);
  return () => endings.delete(end);
}

let isWatched = false;

function watch(): void {
  if (isWatched) return;
  isWatched = true;
  process.on("exit", () => {
    for (const end of [...endings].reverse()) end();
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => process.exit(128 + os.constants.signals[signal]));
  watchParent(() => process.exit(1), true);
}
