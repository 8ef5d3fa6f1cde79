/** One problem, at `path` (property names and array indexes, outermost first; empty for the value itself). */
export interface Issue {
  path: string[];
  message: string;
}

/** Input that does not satisfy its rules. Nothing was stored and no state changed. */
export class InvalidInputError extends Error {
  override readonly name = "InvalidInputError";
  /** @param text the whole in one sentence, where the issues' own messages name their places */
  constructor(
    readonly issues: Issue[],
    text: string = issues
      .map((issue) => (issue.path.length ? `${issue.path.join(".")}: ` : "") + issue.message)
      .join("; "),
  ) {
    super(text);
  }
  /** The error of one problem. */
  static at(path: string[], message: string): InvalidInputError {
    return new InvalidInputError([{ path, message }]);
  }

  /** The error of something that `id` names well, and that cannot be done with it: the message names the thing itself. */
  static of(message: string): InvalidInputError {
    return new InvalidInputError([{ path: ["id"], message }], message);
  }
}

/** Nothing of that kind has this id or name. */
export class NotFoundError extends Error {
  override readonly name = "NotFoundError";
  constructor(what: string, id: string) {
    super(`no ${what} ${JSON.stringify(id)}`);
  }
}

/** A unique name is already taken. */
export class AlreadyExistsError extends Error {
  override readonly name = "AlreadyExistsError";
}

const stateConflictCodes = [
  "NOT_PAUSED",
  "TIMED_OUT",
  "STALE_KEY",
  "NO_DEPLOYMENT",
  "FINISHED",
  "NOT_RUNNING",
  "NOT_FINISHED",
] as const;
export type StateConflictCode = (typeof stateConflictCodes)[number];

/** What a state shows of itself to people and programs. */
export interface StateFacts {
  type: string;
  name: string;
  message: string | null;
  timestamp: Date;
}

/** The run is in no state that allows the operation; `state` is the one it is in. */
export class StateConflictError extends Error {
  override readonly name = "StateConflictError";
  constructor(
    readonly code: StateConflictCode,
    readonly state: StateFacts,
    message: string,
  ) {
    super(message);
  }
}

/** How far an action run is. */
export type ActionRunStatus = "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED";

/** The action run has not failed, so there is nothing to be done again. */
export class ActionNotFailedError extends Error {
  override readonly name = "ActionNotFailedError";
  constructor(
    id: string,
    readonly status: ActionRunStatus,
  ) {
    super(`action run ${id} is ${status}; only one that is FAILED can be carried out again or discarded`);
  }
}

/** The call came from an execution that a newer one has replaced, or whose run has ended; that process must stop. */
export class StaleExecutionError extends Error {
  override readonly name = "StaleExecutionError";
  constructor(
    readonly state: StateFacts,
    message: string,
  ) {
    super(message);
  }
}
