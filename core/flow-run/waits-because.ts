/** Something that runs are held by: it may be paused, and have only so many under way. */
interface Gate {
  name: string;
  paused: boolean;
  /** The most that may be under way at once; null for any number. */
  limit: number | null;
  underWay: number;
}

/** What is there of what a run that is Scheduled needs to begin. */
export interface StartFacts {
  now: Date;
  /** From when it may begin. */
  scheduledFor: Date | null;
  runCount: number;
  /** Whether a process has it, as one that tries again by itself. */
  held: boolean;
  /** Null where there is none any more. */
  deployment: Gate | null;
  /** Null where no workers take it. */
  queue: (Gate & { pool: Gate }) | null;
  /** Runners, or workers, that are there for it: all of them, and those that could take one more run. */
  runners: { online: number; free: number };
}

/**
 * Why a run that is Scheduled does not begin: what completes "it waits because …". Null where nothing keeps it, so that it begins
 * as soon as it is asked for. Pure.
 */
export function waitsBecause(facts: StartFacts): string | null {
  const { now, scheduledFor, runCount, held } = facts;
  if (scheduledFor !== null && scheduledFor > now) {
    const what = runCount > 0 ? "its next attempt" : "it";
    return `${what} is not due before ${moment(scheduledFor)}`;
  }
  if (held) return null;
  const reasons = [...ofDeployment(facts), ...ofQueue(facts), ...ofRunners(facts)];
  return reasons.length === 0 ? null : reasons.join(", and ");
}

function ofDeployment({ deployment, runCount }: StartFacts): string[] {
  if (deployment === null) return ["its deployment is gone: nothing could start it"];
  const name = `the deployment ${deployment.name}`;
  // Those that have begun go on.
  const paused = deployment.paused && runCount === 0 ? [`${name} is paused`] : [];
  return [...paused, ...fullness(name, deployment)];
}

function ofQueue({ queue }: StartFacts): string[] {
  if (queue === null) return [];
  const gates = [
    [`the work pool ${queue.pool.name}`, queue.pool],
    [`the work queue ${queue.pool.name}/${queue.name}`, queue],
  ] as const;
  return gates.flatMap(([name, gate]) => [
    ...(gate.paused ? [`${name} is paused`] : []),
    ...fullness(name, gate),
  ]);
}

function ofRunners({ deployment, queue, runners }: StartFacts): string[] {
  if (deployment === null || runners.free > 0) return [];
  const who =
    queue === null ? "runner that serves it" : `worker of the work pool ${queue.pool.name} that takes it`;
  if (runners.online === 0) return [`no ${who} is online`];
  return [`every ${who} has as many runs as it takes at once`];
}

function fullness(name: string, { limit, underWay }: Gate): string[] {
  if (limit === null || underWay < limit) return [];
  return [
    `${name} has ${underWay} of ${limit} ${limit === 1 ? "run" : "runs"} under way, the most it may have at once`,
  ];
}

/** To the second, in UTC: whose clock it is read by is not known here. */
function moment(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
