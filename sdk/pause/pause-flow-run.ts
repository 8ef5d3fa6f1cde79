import type { InputOf, InputType } from "../../core/run-input/contract.ts";
import { requireContext } from "../execution/context.ts";
import { ask } from "./ask.ts";
import { askedBy, checkAreOptions, type PauseOptions } from "./options.ts";

/**
 * Waits in this process until the run is resumed, and returns the answer where an input was asked for. `timeout`
 * defaults to 3600 s; then the run fails and PauseTimeout is thrown. In a task it pauses the task's run.
 */
export function pauseFlowRun(options?: PauseOptions): Promise<void>;
export function pauseFlowRun<T extends InputType>(
  options: PauseOptions & { waitForInput: T },
): Promise<InputOf<T>>;
export async function pauseFlowRun(
  options: PauseOptions & { waitForInput?: InputType } = {},
): Promise<unknown> {
  checkAreOptions("pauseFlowRun", options);
  const at = requireContext("pauseFlowRun()");
  return ask(at, askedBy("pauseFlowRun", options));
}
