/** Steps of time that people can read a chart by, in milliseconds. */
const round = [3_600_000, 60_000, 1_000, 1];
const most = 100;
const least = 50;

/** How many equal steps a stretch of time is shown in: at most 100, and such that a step is a round time where it can be. */
export function timeSteps(length: number): number {
  for (const unit of round)
    for (let steps = most; steps >= least; steps--) if (length % (steps * unit) === 0) return steps;
  return Math.min(most, Math.max(1, Math.floor(length)));
}
