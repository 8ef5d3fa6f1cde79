/** What a person reads when a command could not do what was asked: what was wrong, with the value, where, and what to do. */
export class Failure extends Error {
  override readonly name = "Failure";
}
