import { ApiError } from "../client/errors.ts";
import { follow } from "../client/follow.ts";
import { hold } from "../client/hold.ts";
import { type FlowRun, flowRunOf } from "../flow-run/flow-run.ts";
import { type FlowRunState, stateOf } from "../flow-run/state.ts";
import { ExecutionSignalsDocument } from "../gql/graphql.ts";
import { RunLogs } from "../log/run-logs.ts";
import { Reports } from "../run-input/reports.ts";
import { Attempt } from "./attempt.ts";
import type { AnswerSignal, CandidateSignal, ExecutionParts, Signal, StaleRefusal } from "./signal.ts";
import { deleted, lost, type Stop, stopOfState } from "./stop.ts";

/** The question that the run waits with. */
export interface OpenQuestion {
  /** Whether its deadline can fail the run. */
  expires: boolean;
  answered(answer: AnswerSignal): void;
  judge(candidate: CandidateSignal): void;
}

/** A part of the run that has something to settle when its code has ended. */
export interface Settling {
  /** `completed`: what the code was handed last counts as finished with. */
  settle(completed: boolean): Promise<void>;
}

/** This process's part of one run: from the start of its code to its end, its suspension, or the loss of the run. */
export class Execution {
  readonly id: string;
  readonly number: number;
  readonly flowName: string;
  readonly deployment: { id: string; name: string } | null;
  readonly uiUrl: string;
  readonly logs: RunLogs;
  readonly reports: Reports;
  readonly settling = new Set<Settling>();
  flowRun: FlowRun;
  attempt: Attempt;
  stopped: Stop | null = null;
  question: OpenQuestion | null = null;
  /** Whether the run waits for an answer in this process. */
  waiting = false;
  static #pendingCalls = 0;
  static #anyCallStopped = false;
  /** The newest one: no more than one question of a run is open. */
  #answer: AnswerSignal | undefined;
  readonly #stopListeners = new Set<(stop: Stop) => void>();
  readonly #waitingListeners = new Set<(waiting: boolean) => void>();
  readonly #anyWaitingListeners = new Set<(waiting: boolean) => void>();
  #present: (() => void) | undefined;
  #closed = false;
  #unfollow: () => void = () => undefined;
  #unlink: () => void = () => undefined;

  constructor(
    parts: ExecutionParts,
    /** The execution whose code called this flow; null where it is no subflow. */
    readonly parent: Execution | null,
  ) {
    this.id = parts.flowRun.id;
    this.number = parts.execution;
    this.flowName = parts.flowName;
    this.deployment = parts.flowRun.deployment;
    this.uiUrl = parts.flowRun.uiUrl;
    this.flowRun = flowRunOf(parts.flowRun);
    this.attempt = new Attempt(parts.attempt, parts.rerun);
    this.logs = new RunLogs(this.id, this.flowRun.name);
    this.reports = new Reports(this.id, this.number, (problem) => {
      // Code that was told to stop has nothing more to report.
      if (!this.stopped) this.logs.add(30, `flow.${this.flowName}`, problem);
    });
  }

  /** How the API is told which execution calls. */
  get ref(): { flowRunId: string; execution: number } {
    return { flowRunId: this.id, execution: this.number };
  }

  /** Whether some later execution may go on with it, so that results are worth storing. */
  get runsAgain(): boolean {
    return this.deployment !== null || (this.parent?.runsAgain ?? false);
  }

  /** Listens to the run; resolves when its present state is known. */
  open(): Promise<void> {
    const { parent } = this;
    if (parent) this.#unlink = parent.onStop((stop) => this.stop(stop));
    const release = hold();
    return new Promise<void>((resolve) => {
      this.#present = resolve;
      this.#unfollow = follow(
        ExecutionSignalsDocument,
        { flowRunId: this.id, execution: this.number },
        {
          next: (data) => this.#hear(data.executionSignals),
          failed: (error) => {
            if (error instanceof ApiError && error.code === "NOT_FOUND") this.over(null);
            else this.stop(lost(error.message));
            resolve();
          },
        },
      );
    }).finally(release);
  }

  /** Its code has ended; what happens to the run from here on is not its matter. */
  close(): void {
    this.#closed = true;
    this.#unfollow();
    this.#unlink();
    this.#stopListeners.clear();
  }

  stop(stop: Stop): void {
    if (this.#closed || (this.stopped && this.stopped.kind !== "suspended")) return;
    if (this.stopped?.kind === stop.kind) return;
    this.stopped = stop;
    for (const listener of [...this.#stopListeners]) listener(stop);
  }

  /** The API refused a call of this execution; the error to throw. */
  refused(refusal: StaleRefusal): Error {
    return this.over(stateOf(refusal.state), refusal.message);
  }

  /**
   * The server has this execution no more. Its code is told by how the run has ended, or with `otherwise` where it goes on.
   *
   * @param state the run's; null where it was deleted
   * @returns the error to throw
   */
  over(state: FlowRunState | null, otherwise = "another process has taken the run over"): Error {
    const stop = state === null ? deleted() : (this.#stopOf(state) ?? lost(otherwise));
    this.stop(stop);
    return (this.stopped ?? stop).error;
  }

  #stopOf(state: FlowRunState): Stop | null {
    return stopOfState(state, this.question?.expires ?? false);
  }

  /** Calls the listener once the code may go no further; at once where that is so already. */
  onStop(listener: (stop: Stop) => void): () => void {
    if (this.stopped) listener(this.stopped);
    this.#stopListeners.add(listener);
    return () => this.#stopListeners.delete(listener);
  }

  /**
   * The work's result, or the error of what stops the run before it is there; `ends` says which stops do, all of them by
   * default.
   */
  during<T>(work: Promise<T>, ends: (stop: Stop) => boolean = () => true): Promise<T> {
    return new Promise((resolve, reject) => {
      Execution.#pendingCalls += 1;
      let settled = false;
      const settle = () => {
        if (settled) return;
        settled = true;
        Execution.#pendingCalls -= 1;
        this.#stopListeners.delete(stop);
      };
      const stop = (reason: Stop) => {
        if (!ends(reason)) return;
        settle();
        Execution.#anyCallStopped = true;
        reject(reason.error);
      };
      work.then(
        (value) => {
          settle();
          resolve(value);
        },
        (error) => {
          settle();
          reject(error);
        },
      );
      this.onStop(stop);
    });
  }

  /** Whether code of this process is told of a stop by a call of the SDK: one that it waits in, or that has ended so. */
  static get tellsCode(): boolean {
    return Execution.#pendingCalls > 0 || Execution.#anyCallStopped;
  }

  /** Calls the listener when the run begins (true) and ceases (false) to wait for an answer in this process. */
  listenWaiting(listener: (waiting: boolean) => void): () => void {
    this.#waitingListeners.add(listener);
    return () => this.#waitingListeners.delete(listener);
  }

  /** The same at each wait of the run and of its subflows, several of which may wait at a time. */
  listenAnyWaiting(listener: (waiting: boolean) => void): () => void {
    this.#anyWaitingListeners.add(listener);
    return () => this.#anyWaitingListeners.delete(listener);
  }

  waits(waiting: boolean): void {
    this.waiting = waiting;
    for (const listener of this.#waitingListeners) listener(waiting);
    this.#anyWaits(waiting);
  }

  /** The answer of an asking, where it is known already; it may be here before the API has said that it asked. */
  answerOf(key: string): AnswerSignal | undefined {
    return this.#answer?.key === key ? this.#answer : undefined;
  }

  /** Settles what its receivers hold, and brings its reports and log lines to the server. */
  async settle(completed: boolean): Promise<void> {
    await Promise.all([...this.settling].map((part) => part.settle(completed)));
    await Promise.all([this.reports.flush(), this.logs.flush()]);
    await this.logs.flush(); // what the reports may have come to
  }

  #anyWaits(waiting: boolean): void {
    for (const listener of this.#anyWaitingListeners) listener(waiting);
    const { parent } = this;
    if (parent) parent.#anyWaits(waiting);
  }

  #hear(signal: Signal): void {
    switch (signal.__typename) {
      case "StateSignal": {
        this.flowRun = { ...this.flowRun, state: stateOf(signal.state) };
        const stop =
          signal.execution > this.number
            ? lost("another process has taken the run over")
            : this.#stopOf(this.flowRun.state);
        if (stop) this.stop(stop);
        this.#present?.();
        return;
      }
      case "AnswerSignal":
        this.#answer = signal;
        this.question?.answered(signal);
        return;
      case "CandidateSignal":
        this.question?.judge(signal);
        return;
      case "DeletedSignal":
        this.over(null);
        return;
    }
  }
}
