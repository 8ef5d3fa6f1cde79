import type { FlowRun } from "./flow-run/flow-run.ts";
import type { FlowRunState } from "./flow-run/state.ts";

/** Nobody resumed the run in time. The run has failed: what the code still returns is dropped. */
export class PauseTimeout extends Error {
  override readonly name = "PauseTimeout";
}

/** No input came in time. */
export class InputTimeout extends Error {
  override readonly name = "InputTimeout";
}

/** The run cannot wait here: it has no deployment that could start it again, is a subflow, or the call is in a task. */
export class NotPausable extends Error {
  override readonly name = "NotPausable";
}

/** There is no run to respond to: the input was sent from outside a run, or under a sender's name of its own. */
export class CannotRespond extends Error {
  override readonly name = "CannotRespond";
}

/** The call needs a flow run around it. */
export class MissingRunContext extends Error {
  override readonly name = "MissingRunContext";
}

/** The run is in no state that allows the operation; `state` is the one it is in. */
export class FlowRunConflict extends Error {
  override readonly name = "FlowRunConflict";
  constructor(
    message: string,
    readonly code: "NOT_PAUSED" | "TIMED_OUT" | "STALE_KEY" | "NO_DEPLOYMENT" | "FINISHED" | "NOT_RUNNING",
    readonly state: FlowRunState,
  ) {
    super(message);
  }
}

/** The run was cancelled or deleted, as the message says; no call of the SDK works in it any more. */
export class RunCancelled extends Error {
  override readonly name = "RunCancelled";
}

/** Another process has taken the run over, or the run has ended without this code: what it still does is lost. */
export class RunLost extends Error {
  override readonly name = "RunLost";
}

/** A flow or a task ran for longer than its `timeoutSeconds`. */
export class RunTimeout extends Error {
  override readonly name = "RunTimeout";
}

/** A run had not ended in time; `run` is as it was then. It goes on. */
export class RunWaitTimeout extends Error {
  override readonly name = "RunWaitTimeout";
  constructor(
    message: string,
    readonly run: FlowRun,
  ) {
    super(message);
  }
}

/** A run that was waited for, with `throwOnFailure`, did not complete: it failed, crashed or was cancelled. */
export class RunFailed extends Error {
  override readonly name = "RunFailed";
  constructor(readonly run: FlowRun) {
    const { name, message } = run.state;
    super(`flow run ${run.name} (${run.id}) has ended as ${name}${message ? `: ${message}` : ""}`);
  }
}

/** A re-run reached another question than the one that was answered here before. */
export class PauseReplayMismatch extends Error {
  override readonly name = "PauseReplayMismatch";
}

/** Nothing of that kind has this id or name. */
export class NotFound extends Error {
  override readonly name: string = "NotFound";
}

/** No JSON block has this name. */
export class BlockNotFound extends NotFound {
  override readonly name = "BlockNotFound";
}

/** The name is taken. */
export class AlreadyExists extends Error {
  override readonly name = "AlreadyExists";
}

/**
 * What leaves the code of a run that was suspended: a signal, not a failure. It passes through `finally` blocks; code
 * that catches it gets it again from its next call of the SDK.
 */
export class RunSuspended extends Error {
  override readonly name = "RunSuspended";
  constructor() {
    super("the run is suspended; it runs again from its first line once it is resumed");
    this.stack = `${this.name}: ${this.message}`;
  }
}
