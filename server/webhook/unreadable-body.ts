/** A body that is not what it says it is. */
export class UnreadableBodyError extends Error {
  override readonly name = "UnreadableBodyError";
}
