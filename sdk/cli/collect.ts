/** Takes the values of an option that may be repeated into one list, in the order in which they were given. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
