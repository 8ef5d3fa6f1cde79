/** Stands in a stream for a part of its log that retention has taken. */
export class Gap {
  /**
   * @param from the position behind which something is missing
   * @param to the last position that is missing
   */
  constructor(
    readonly from: number,
    readonly to: number,
  ) {}
}
