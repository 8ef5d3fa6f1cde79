import { socketClient } from "../client/client.ts";
import { after } from "../timer/after.ts";
import type { RunningChild } from "./running-child.ts";

/** How long a stopping runner waits for a server that is there, and only slow, and for one that is not. */
const toldWithinMs = 5_000;
const foundWithinMs = 1_000;

/** Seconds that running runs have to end before their processes are asked to. Throws TypeError for what is no number of them. */
export function graceSeconds(): number {
  const given = process.env.ANTIPHON_SHUTDOWN_GRACE || "30";
  const seconds = Number(given);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw new TypeError(`ANTIPHON_SHUTDOWN_GRACE=${given}: must be a number of seconds, 0 or more`);
}

/**
 * Ends a runner's children: runs that wait for an answer leave at once and are suspended; the others have `grace`
 * seconds, then their processes are asked to end, and 10 s later made to; `insisted` makes them at once. Resolves when all
 * are gone.
 */
export async function stopChildren(
  running: Set<RunningChild>,
  grace: number,
  insisted: AbortSignal,
): Promise<void> {
  const all = [...running].filter(({ ended }) => !ended);
  if (all.length === 0) return;
  const runs = all.length === 1 ? "1 running run has" : `${all.length} running runs have`;
  console.log(`antiphon: stopping; ${runs} ${grace} s to end`);
  for (const one of all) one.beginShutdown();
  const forget = after(grace, () => {
    for (const one of all) one.child.terminate();
  });
  const kill = () => {
    for (const one of all) one.child.kill();
  };
  if (insisted.aborted) kill();
  insisted.addEventListener("abort", kill);
  await Promise.all(all.map(({ child }) => child.exited));
  insisted.removeEventListener("abort", kill);
  forget();
}

/**
 * Waits until the server has heard how a runner's runs ended, but aborts the wait soon: what it has not heard then, it learns
 * when their leases run out.
 */
export async function untilTold(
  telling: readonly Promise<unknown>[],
  waits: AbortController,
  insisted: AbortSignal,
): Promise<void> {
  const { connected } = socketClient().connection;
  const giveUp = () => waits.abort();
  const patienceMs = connected ? toldWithinMs : foundWithinMs;
  const timer = setTimeout(giveUp, insisted.aborted ? patienceMs / 5 : patienceMs);
  insisted.addEventListener("abort", giveUp);
  await Promise.allSettled(telling);
  insisted.removeEventListener("abort", giveUp);
  clearTimeout(timer);
  giveUp();
}
