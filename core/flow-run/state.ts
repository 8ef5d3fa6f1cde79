import { z } from "zod";

/** The kinds of state a run can be in; a state's name refines its type for people and for event names. */
export const stateTypes = [
  "SCHEDULED",
  "PENDING",
  "RUNNING",
  "PAUSED",
  "CANCELLING",
  "CANCELLED",
  "COMPLETED",
  "FAILED",
  "CRASHED",
] as const;
export const StateType = z.enum(stateTypes);
export type StateType = z.infer<typeof StateType>;

/** A state as a run has it. */
export interface State {
  type: StateType;
  name: string;
  message: string | null;
  timestamp: Date;
}

/** A state that is proposed; its name is the type's own where none is given. */
export interface Proposal {
  type: StateType;
  name?: string | undefined;
  message?: string | null | undefined;
}

/** Characters of a state's name and message. */
export const longestStateName = 255;
export const longestStateMessage = 100_000;

const finals: ReadonlySet<StateType> = new Set(["CANCELLED", "COMPLETED", "FAILED", "CRASHED"]);

/** Whether a run in a state of this type has ended. */
export function isFinal(type: StateType): boolean {
  return finals.has(type);
}

/** The name of a state that was given none: its type in title case. */
export function defaultStateName(type: StateType): string {
  return type.charAt(0) + type.slice(1).toLowerCase();
}
