import { after } from "../timer/after.ts";
import type { RunningChild } from "./running-child.ts";

/** Seconds that running runs have to end before their processes are asked to. Throws TypeError for what is no number of them. */
export function graceSeconds(): number {
  const given = process.env.ANTIPHON_SHUTDOWN_GRACE || "30";
  const seconds = Number(given);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw new TypeError(`ANTIPHON_SHUTDOWN_GRACE=${given}: must be a number of seconds, 0 or more`);
}

/**
 * Ends a runner's children: runs that wait for an answer leave at once and are suspended; the others have `grace`
 * seconds, then their processes are asked to end, and 10 s later made to.
 */
export async function stopChildren(
  running: Set<RunningChild>,
  grace: number,
  insisted: AbortSignal,
): Promise<void> {
  const all = [...running];
  if (all.length === 0) return;
  console.log(`antiphon: stopping; ${all.length} running runs have ${grace} s to end`);
  for (const one of all) one.beginShutdown();
  const forget = after(grace, () => {
    for (const one of all) one.child.terminate();
  });
  const kill = () => {
    for (const one of all) one.child.kill();
  };
  insisted.addEventListener("abort", kill);
  await Promise.all(all.map((one) => one.wasReported));
  insisted.removeEventListener("abort", kill);
  forget();
}
