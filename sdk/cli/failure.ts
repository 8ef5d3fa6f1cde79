/** What a person reads when a command could not do what was asked: what was wrong, with the value, where, and what to do. */
export class Failure extends Error {
  override readonly name: string = "Failure";
  /** 1: it was refused, or did not work out. */
  readonly exitCode: number = 1;
}

/** The command was called wrongly: nothing was asked of the server. */
export class UsageError extends Failure {
  override readonly name = "UsageError";
  override readonly exitCode = 2;
}
