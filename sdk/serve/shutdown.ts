import type { RunningChild } from "./running-child.ts";

/** Seconds that running runs have to end before their processes are asked to. */
function graceSeconds(): number {
  const given = Number(process.env.ANTIPHON_SHUTDOWN_GRACE || 30);
  return Number.isFinite(given) && given >= 0 ? given : 30;
}

/**
 * Ends a runner's children: runs that wait for an answer leave at once and are suspended; the others have the grace
 * period, then their processes are asked to end, and 10 s later made to.
 */
export async function stopChildren(running: Set<RunningChild>, insisted: AbortSignal): Promise<void> {
  const all = [...running];
  if (all.length === 0) return;
  const grace = graceSeconds();
  console.log(`antiphon: stopping; ${all.length} running runs have ${grace} s to end`);
  for (const one of all) one.beginShutdown();
  const terminate = setTimeout(() => {
    for (const one of all) one.child.terminate();
  }, grace * 1000);
  const kill = () => {
    for (const one of all) one.child.kill();
  };
  insisted.addEventListener("abort", kill);
  await Promise.all(all.map((one) => one.wasReported));
  insisted.removeEventListener("abort", kill);
  clearTimeout(terminate);
}
