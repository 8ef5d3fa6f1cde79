/**
 * A time in which nobody evaluated, in milliseconds. In it the wall clock jumps from `from` to the receipt of each event and at last to
 * `to`, instead of going from one due instant to the next: so what came due since the last jump is due once.
 */
export interface Gap {
  readonly from: number;
  readonly to: number;
}
