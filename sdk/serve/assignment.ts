/** What a runner says to its child. */
export type ToChild =
  /** The run that was claimed for it. */
  | { type: "run"; flowRunId: string; execution: number; flowName: string }
  /** The runner is stopping: a run that waits for an answer ends its part now. */
  | { type: "shutdown" }
  /** The run was cancelled; a signal follows. */
  | { type: "cancel" };

/** What a child says: its script has reached `serve`. */
export type ToRunner = { type: "ready" };

/** Set by the runner for its children, and taken away here so that what they start is not taken for one. */
const variable = "ANTIPHON_RUNNER_CHILD";

/** Whether this process is a runner's child, in which `serve` takes one run instead of serving. */
export const isChild = process.env[variable] === "1" && process.send !== undefined;
delete process.env[variable];

export const childEnvironment = { [variable]: "1" };

/** Names the symbol of the global list of the flows that were made in a child. */
export const madeFlows = "antiphon.flows";

/** In a child, remembers a flow, so that its runner can find it by its name though it is not exported. */
export function rememberFlow(flow: unknown): void {
  if (!isChild) return;
  const key = Symbol.for(madeFlows);
  // The list is made here, by whichever copy of the SDK comes first.
  const all = globalThis as { [key]?: unknown[] };
  all[key] = [...(all[key] ?? []), flow];
}

/** A child runs the run that is assigned to it; a flow called by the script itself would run once more in each child. */
export function refuseInChild(flowName: string): void {
  if (!isChild) return;
  throw new Error(
    `flow ${flowName} is called by the script itself before \`serve\`. A served run gets a process of its own, which runs this script ` +
      "again up to `serve`, and a worker loads the file of the entry point: call the flow in another script, or only where nothing is served",
  );
}
