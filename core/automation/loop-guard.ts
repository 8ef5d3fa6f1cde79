import type { Action } from "./action.ts";

/** The numbers of the guard against automations that set each other off (triggers.md §14). */
export interface LoopLimits {
  /** A firing on an event with a chain of so many automations or more carries out nothing. */
  readonly depth: number;
  /** More firings a minute than this pause an automation that is in its own chain. */
  readonly firings: number;
  /** So do more started runs than this. */
  readonly runs: number;
}

/** Whether an action starts a run, or one that has ended once more. */
export function startsRun({ type }: Pick<Action, "type">): boolean {
  return type === "run-deployment" || type === "retry-flow-run";
}

const minute = 60_000;

interface Counted {
  readonly since: number;
  readonly firings: number;
  readonly runs: number;
}

/** What is to become of one firing. */
export interface LoopVerdict {
  /** Its actions are not carried out: the chain that led to it is too long. */
  readonly tooDeep: boolean;
  /** Why the automation is to be paused; null where it is not. */
  readonly loop: string | null;
}

/** Counts the firings of automations that had a part in what they fire on. */
export class LoopGuard {
  readonly #counted = new Map<string, Counted>();

  constructor(private readonly limits: LoopLimits) {}

  /**
   * @param chain the automations that led to the event on which it fires
   * @param at when it fires, in milliseconds
   * @param runs how many runs its actions start
   */
  judge(automationId: string, chain: readonly string[], at: number, runs: number): LoopVerdict {
    const tooDeep = chain.length >= this.limits.depth;
    return {
      tooDeep,
      loop: chain.includes(automationId) ? this.#count(automationId, at, tooDeep ? 0 : runs) : null,
    };
  }

  /** The chain of what follows from a firing: with this automation. Where it is long already, each stands in it once. */
  chainOf(automationId: string, chain: readonly string[]): readonly string[] {
    return chain.length >= this.limits.depth && chain.includes(automationId)
      ? chain
      : [...chain, automationId];
  }

  #count(automationId: string, at: number, runs: number): string | null {
    const before = this.#counted.get(automationId);
    const going = before !== undefined && at - before.since < minute;
    const now = {
      since: going ? before.since : at,
      firings: (going ? before.firings : 0) + 1,
      runs: (going ? before.runs : 0) + runs,
    };
    this.#counted.set(automationId, now);
    const { limits } = this;
    const where = "within a minute, on what it had led to itself";
    if (now.firings > limits.firings) return `it fired more than ${limits.firings} times ${where}`;
    if (now.runs > limits.runs) return `it started more than ${limits.runs} runs ${where}`;
    return null;
  }
}
