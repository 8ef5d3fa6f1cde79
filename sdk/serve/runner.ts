import { randomUUID } from "node:crypto";
import { socketClient } from "../client/client.ts";
import type { Document } from "../client/document.ts";
import { ApiError, ConnectionError } from "../client/errors.ts";
import { fetchOnce } from "../client/fetch.ts";
import { follow } from "../client/follow.ts";
import { hold } from "../client/hold.ts";
import {
  ClaimableFlowRunsDocument,
  ClaimFlowRunsDocument,
  type ExitReason,
  RegisterRunnerDocument,
  RenewLeasesDocument,
  ReportExitDocument,
  type ReportExitMutationVariables,
  StopRunnerDocument,
} from "../gql/graphql.ts";
import type { ChildExit, RunnerChild } from "./child-process.ts";
import type { RunnerPlace, RunnerWork } from "./runner-work.ts";
import { type ClaimedRun, RunningChild } from "./running-child.ts";
import { graceSeconds, stopChildren, untilTold } from "./shutdown.ts";
import { untilAsked } from "./until-asked.ts";

const heartbeatEveryMs = 30_000;
const renewEveryMs = 10_000;
/** Claims are pushed; this is for what a push missed. */
const lookEveryMs = 10_000;
const claimsAtOnce = 50;
const leaveWithinMs = 5_000;
/** After a child that ended before it was ready. */
const pauseAfterBrokenMs = 5_000;

type Exit = Omit<ReportExitMutationVariables, "flowRunId" | "execution">;

export interface RunnerOptions {
  limit: number | null;
  pauseOnShutdown: boolean;
  signal: AbortSignal | null;
}

/** Claims the runs of its work and has each run in a child of its own. */
export class Runner {
  readonly #id = randomUUID();
  readonly #running = new Set<RunningChild>();
  /** Claimed, and their processes are on the way. */
  readonly #starting = new Map<ClaimedRun, Promise<void>>();
  #warm: RunnerChild | null = null;
  #place: RunnerPlace = { deploymentIds: [], workPool: null, workQueues: [] };
  #claiming = false;
  #claimAgain = false;
  #renewing = false;
  #beating = false;
  #lastBeat: Promise<unknown> = Promise.resolve();
  #stopping = false;
  /** What the server is being told of runs that ended. */
  readonly #telling = new Set<Promise<void>>();
  /** Aborted when it has waited long enough for the server's answers. */
  readonly #waits = new AbortController();

  constructor(
    private readonly work: RunnerWork,
    private readonly options: RunnerOptions,
  ) {}

  /** Resolves when it was asked to stop and its children have ended. */
  async run(): Promise<void> {
    const grace = graceSeconds();
    const release = hold();
    const asked = untilAsked(this.options.signal);
    try {
      if (!(await this.#join(asked.promise))) return;
      this.work.welcome();
      this.#warmUp();
      const beats = setInterval(() => void this.#beat().catch(tellRefusal), heartbeatEveryMs);
      const timers = [
        setInterval(() => void this.#renew().catch(() => undefined), renewEveryMs),
        setInterval(() => void this.#claim(), lookEveryMs),
      ];
      const unfollow = follow(
        ClaimableFlowRunsDocument,
        { runnerId: this.#id, deploymentIds: this.#place.deploymentIds },
        { next: () => void this.#claim() },
      );
      await asked.promise;
      this.#stopping = true;
      clearInterval(beats);
      unfollow();
      this.#warm?.kill();
      await Promise.all(this.#starting.values());
      const left = this.#leave();
      await stopChildren(this.#running, grace, asked.insisted);
      await untilTold([left, ...this.#telling], this.#waits, asked.insisted);
      for (const timer of timers) clearInterval(timer);
    } finally {
      asked.forget();
      await this.work.end();
      release();
    }
  }

  /** @returns false where it was asked to stop before the server had answered */
  async #join(asked: Promise<void>): Promise<boolean> {
    let begun = false;
    void asked.then(() => begun || this.#waits.abort());
    try {
      this.#place = await this.work.begin(this.#waits.signal);
      await this.#beat();
    } catch (error) {
      if (this.#waits.signal.aborted) return false;
      throw error;
    }
    begun = true;
    return true;
  }

  /** A beat that is still under way is not followed by another. */
  #beat(): Promise<unknown> {
    if (this.#beating) return this.#lastBeat;
    this.#beating = true;
    const runner = {
      id: this.#id,
      name: this.work.name,
      ...this.#place,
      limit: this.options.limit,
    };
    const beat = this.#request(RegisterRunnerDocument, { runner });
    this.#lastBeat = beat
      .catch(() => undefined)
      .finally(() => {
        this.#beating = false;
      });
    return beat;
  }

  /** Says that it serves no more, so that triggers do not start what nobody would run. */
  async #leave(): Promise<void> {
    try {
      const { connection } = socketClient();
      if (connection.connected) await this.#lastBeat;
      const pauseTriggers = this.options.pauseOnShutdown;
      const runner = { id: this.#id, pauseTriggers };
      const { signal } = this.#waits;
      const { stopRunner } = await fetchOnce(connection, StopRunnerDocument, runner, leaveWithinMs, signal);
      if (stopRunner.length > 0)
        console.log(`antiphon: paused until somebody serves them: ${stopRunner.join(", ")}`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      console.error("antiphon: the server was not told that this runner stops:", reason);
    }
  }

  async #renew(): Promise<void> {
    const held = [...this.#running].map(({ run }) => run);
    const executions = [...held, ...this.#starting.keys()].map((run) => ({
      flowRunId: run.flowRun.id,
      execution: run.execution,
    }));
    if (executions.length === 0 || this.#renewing) return;
    this.#renewing = true;
    const request = this.#request(RenewLeasesDocument, { executions });
    const { renewLeases } = await request.finally(() => {
      this.#renewing = false;
    });
    for (const one of this.#running) {
      const isGone = renewLeases.some(
        (gone) => gone.flowRunId === one.run.flowRun.id && gone.execution === one.run.execution,
      );
      if (isGone) one.endSoon();
    }
  }

  /** One claim at a time; a bell that rings meanwhile is followed by another. */
  async #claim(): Promise<void> {
    this.#claimAgain = true;
    if (this.#claiming) return;
    this.#claiming = true;
    try {
      while (this.#claimAgain && !this.#stopping) {
        this.#claimAgain = false;
        const { limit: most } = this.options;
        const limit = Math.min(claimsAtOnce, most === null ? claimsAtOnce : most - this.#held);
        if (limit <= 0) return;
        const { claimFlowRuns } = await this.#request(ClaimFlowRunsDocument, {
          runnerId: this.#id,
          deploymentIds: this.#place.deploymentIds,
          limit,
        });
        for (const run of claimFlowRuns) this.#start(run);
        if (claimFlowRuns.length === limit) this.#claimAgain = true;
      }
    } catch (error) {
      if (this.#waits.signal.aborted) return;
      console.error("antiphon: claiming runs failed:", error instanceof Error ? error.message : error);
    } finally {
      this.#claiming = false;
    }
  }

  /** How many runs it has. */
  get #held(): number {
    return this.#running.size + this.#starting.size;
  }

  #start(run: ClaimedRun): void {
    console.log(`antiphon: run ${run.flowRun.name} of flow ${run.flowName}: ${run.flowRun.uiUrl}`);
    const warm = this.#warm;
    this.#warm = null;
    if (warm) this.#begin(run, warm);
    else {
      const starting = this.work
        .start(run)
        .then((child) => this.#begin(run, child))
        .catch((error: unknown) => this.#refuse(run, error instanceof Error ? error.message : String(error)))
        .finally(() => this.#starting.delete(run));
      this.#starting.set(run, starting);
    }
    this.#warmUp();
  }

  #begin(run: ClaimedRun, child: RunnerChild): void {
    const running = new RunningChild(run, child);
    this.#running.add(running);
    void child.exited.then((exit) => this.#ended(running, exit));
  }

  /** A run that can have no process. */
  #refuse(run: ClaimedRun, message: string): void {
    console.error(`antiphon: run ${run.flowRun.name} of flow ${run.flowName} cannot be run: ${message}`);
    void this.#report(run, { exitCode: null, signal: null, reason: "EXIT", message });
  }

  async #ended(running: RunningChild, exit: ChildExit): Promise<void> {
    const reason: ExitReason = running.shutdown ? "SHUTDOWN" : running.cancelled ? "CANCEL" : "EXIT";
    const { code, signal } = exit;
    const message = reason === "EXIT" && !exit.ready ? whyNotReady(exit) : null;
    await this.#report(running.run, { exitCode: code, signal, reason, message });
    this.#running.delete(running);
    this.#warmUp();
    void this.#claim();
  }

  #report(run: ClaimedRun, exit: Exit): Promise<void> {
    const telling = this.#tell(run, exit).finally(() => this.#telling.delete(telling));
    this.#telling.add(telling);
    return telling;
  }

  async #tell({ flowRun, execution }: ClaimedRun, exit: Exit): Promise<void> {
    try {
      await this.#request(ReportExitDocument, { flowRunId: flowRun.id, execution, ...exit });
    } catch (error) {
      const reason = error instanceof ConnectionError ? error.message : error;
      console.error(`antiphon: the end of run ${flowRun.name} was not reported:`, reason);
    }
  }

  #request<T, V extends object>(document: Document<T, V>, variables: V): Promise<T> {
    return socketClient().request(document, variables, { signal: this.#waits.signal });
  }

  /** Keeps one child ready with its modules loaded, as long as there is a place for its run. */
  #warmUp(): void {
    const { limit } = this.options;
    if (this.#stopping || this.#warm || (limit !== null && this.#held >= limit)) return;
    const child = this.work.spare();
    if (child === null) return;
    this.#warm = child;
    void child.exited.then((exit) => {
      if (this.#warm !== child) return;
      this.#warm = null;
      if (this.#stopping) return;
      const how = exit.signal ?? `code ${exit.code}`;
      const where = exit.ready ? "while it waited for a run" : "before its script reached `serve`";
      console.error(`antiphon: a process for the next run ended (${how}) ${where}`);
      setTimeout(() => this.#warmUp(), pauseAfterBrokenMs);
    });
  }
}

/** Without a server it goes on when there is one again; a pool that was deleted stays so. */
function tellRefusal(error: unknown): void {
  if (error instanceof ApiError)
    console.error(`antiphon: the server does not take this runner any more: ${error.message}`);
}

function whyNotReady({ code, signal, unstarted }: ChildExit): string {
  if (unstarted !== null) return `Its process could not be started: ${unstarted}`;
  const how = signal ? `was ended by ${signal}` : `exited with code ${code ?? "unknown"}`;
  return `Its process ${how} before its flow was loaded; why, its output says where the runner runs`;
}
