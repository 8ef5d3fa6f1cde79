import type { LogLevel } from "./run-logs.ts";

const names: Record<LogLevel, string> = { 10: "DEBUG", 20: "INFO ", 30: "WARN ", 40: "ERROR" };

/** One line of a run as the terminal shows it: warnings and errors go to standard error. */
export function printLine(at: Date, level: LogLevel, runName: string, message: string): void {
  const time = `${at.toTimeString().slice(0, 8)}.${String(at.getMilliseconds()).padStart(3, "0")}`;
  const line = `${time} | ${names[level]} | ${runName} - ${message}\n`;
  const output = level >= 30 ? process.stderr : process.stdout;
  // As `console` does it: a terminal that was closed is no reason for a run to fail.
  output.once("error", ignore);
  output.write(line, () => output.removeListener("error", ignore));
}

function ignore(): void {}
