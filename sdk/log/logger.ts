import { type Context, requireContext } from "../execution/context.ts";
import type { LogLevel } from "./run-logs.ts";

/** Writes lines of a run: to the terminal, and to the run's logs. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** The logger of the run around this code. Throws MissingRunContext outside a run. */
export function getRunLogger(): Logger {
  const at = requireContext("getRunLogger()");
  const log = (level: LogLevel) => (message: string) => logLine(at, level, message);
  return { debug: log(10), info: log(20), warn: log(30), error: log(40) };
}

/** A line in the name of the flow, or of the task that the code runs in. */
export function logLine(at: Context, level: LogLevel, message: unknown): void {
  const name = at.task ? `task.${at.task.name}` : `flow.${at.execution.flowName}`;
  at.execution.logs.add(level, name, typeof message === "string" ? message : String(message));
}
