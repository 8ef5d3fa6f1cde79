/** Whether `path` is `from` or lies inside it. */
export function leadsTo(from: readonly (string | number)[], path: readonly (string | number)[]): boolean {
  return from.length <= path.length && from.every((step, index) => step === path[index]);
}
