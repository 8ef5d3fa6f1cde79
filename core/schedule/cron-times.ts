import { Cron } from "croner";

/**
 * The cron expression's next time after an instant, with each one given back as the next; null where there is none. A time that
 * the clock is set forward over comes at that change; one that it shows twice comes the first time, unless there is `*` or `/` in
 * the minutes or the hours: such an expression follows the clock as it goes.
 *
 * @throws Error that says what is wrong with the expression
 */
export function cronTimes(expression: string, timezone: string): (after: number) => number | null {
  // The library takes a text with a colon as a date.
  if (expression.includes(":")) throw new Error("a cron expression has no ':' in it");
  const cron = new Cron(expression, { timezone, mode: "5-part", fixedTimeRule: "no-wildcard", paused: true });
  return (after) => cron.nextRun(new Date(after))?.getTime() ?? null;
}
