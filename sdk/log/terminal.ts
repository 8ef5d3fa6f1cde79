import type { LogLevel } from "./run-logs.ts";

const names: Record<LogLevel, string> = { 10: "DEBUG", 20: "INFO ", 30: "WARN ", 40: "ERROR" };

/** One line of a run as the terminal shows it: warnings and errors go to standard error. */
export function printLine(at: Date, level: LogLevel, runName: string, message: string): void {
  const time = `${at.toTimeString().slice(0, 8)}.${String(at.getMilliseconds()).padStart(3, "0")}`;
  const line = `${time} | ${names[level]} | ${runName} - ${message}\n`;
  write(level >= 30 ? process.stderr : process.stdout, line);
}

/** Lines that are on their way, by where they go. */
const onTheWay = new WeakMap<NodeJS.WriteStream, number>();

/** As `console` does it: a terminal that was closed is no reason for a run to fail. */
function write(output: NodeJS.WriteStream, line: string): void {
  const before = onTheWay.get(output) ?? 0;
  onTheWay.set(output, before + 1);
  // One listener for all of them: for each its own would look like a leak.
  if (before === 0) output.on("error", ignore);
  output.write(line, (error) => {
    // It is emitted only behind this, and comes again with every further line.
    if (error) return;
    const left = (onTheWay.get(output) ?? 1) - 1;
    onTheWay.set(output, left);
    if (left === 0) output.removeListener("error", ignore);
  });
}

function ignore(): void {}
