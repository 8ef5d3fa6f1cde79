/**
 * Makes of a reading one that never runs beside itself: who asks while one is under way gets the next, which sees all that was done before
 * it was asked for. All who ask meanwhile share that one.
 */
export function inTurn(): (read: () => Promise<void>) => Promise<void> {
  let now: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (read: () => Promise<void>): Promise<void> => {
    now = read().finally(() => {
      now = undefined;
    });
    return now;
  };
  return (read) => {
    if (now === undefined) return begin(read);
    const after = () => {
      next = undefined;
      return begin(read);
    };
    next ??= now.then(after, after);
    return next;
  };
}
