import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import { LoopGuard } from "../../core/automation/loop-guard.ts";
import type { Gap } from "../../core/event-log/gap.ts";
import { HeldEvents } from "../../core/event-log/held-events.ts";
import { clockAt, type LogState } from "../../core/event-log/log-state.ts";
import { Fold } from "../../core/trigger/fold.ts";
import type { Bus } from "../bus/bus.ts";
import type { Db } from "../db.ts";
import type { Settings } from "../env.ts";
import { type Batch, commit, isIdle, prepare } from "./commit.ts";
import { type Change, readChanges, readDefinitions } from "./definitions.ts";
import { readClock, readGaps, readHeld, readLogState } from "./log-state.ts";
import type { NewFiring } from "./plan-firings.ts";
import { findPositions, type ReadEvent, readLog } from "./read-log.ts";
import { readNextDue } from "./read-state.ts";
import { Watched } from "./watched.ts";
import { WorkingSet } from "./working-set.ts";

/** What the evaluator is given. */
export interface EvaluatorContext {
  db: Db;
  bus: Bus;
  settings: Settings;
  now(): Date;
  newId(): string;
  /** Told when it begins and ends to store more firings than one portion holds. */
  burst?(on: boolean): void;
}

/** Events that are read at once. */
const batchSize = 500;
/** Firings after which a batch ends early. */
const mostFirings = 500;
/** How long it works without giving way, in milliseconds. */
const longestTurn = 10;
/** How long the place of events of which nothing came may stay unwritten while more of them come, in milliseconds. */
const longestUnwritten = 250;
/** How long it lets events gather behind some that came just now, in milliseconds: one look at many costs as much as one at a few. */
const gathering = 5;
/** How often it looks though nobody woke it. Milliseconds. */
const safetyPoll = 5_000;

/** The time in which one holder of the lease evaluates the log. It ends with the first commit that fails. */
export class Session {
  readonly #held: HeldEvents;
  readonly #gaps: readonly Gap[];
  #fold: Fold;
  #set: WorkingSet;
  readonly #guard: LoopGuard;
  #fired: NewFiring[] = [];
  #committed: LogState;
  /** The events that may be named as leaders by those that are being taken in, and where they stand. */
  #leaders = new Map<string, number>();
  #taking = 0;
  #gaveWay = 0;
  #burst = false;
  #written = 0;
  /** The commit under way. What is loaded meanwhile is as it was before; of what the commit changes, the set knows better. */
  #writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly ctx: EvaluatorContext,
    private readonly epoch: number,
    private readonly watched: Watched,
    loaded: { log: LogState; held: HeldEvents; gaps: Gap[] },
  ) {
    this.#held = loaded.held;
    this.#gaps = loaded.gaps;
    this.#committed = loaded.log;
    this.#guard = new LoopGuard(ctx.settings.loopLimits);
    this.#set = new WorkingSet(ctx.db, watched);
    this.#fold = this.#newFold(loaded.log);
  }

  /** Takes up what is stored. @param poisoned automations that are left out, by the version of the trigger that throws */
  static async open(
    ctx: EvaluatorContext,
    epoch: number,
    poisoned: ReadonlyMap<string, number>,
  ): Promise<Session> {
    const log = await readLogState(ctx.db);
    const definitions = await readDefinitions(ctx.db, log.position);
    const watched = new Watched(definitions, poisoned);
    const held = new HeldEvents(await readHeld(ctx.db));
    const gaps = await readGaps(ctx.db, log.wall ?? 0);
    const session = new Session(ctx, epoch, watched, { log, held, gaps });
    await session.#set.loadBodies(held);
    return session;
  }

  /** The last event taken in. */
  get position(): number {
    return this.#fold.log.position;
  }

  /**
   * Takes in what the log has, or lets time pass where it has nothing.
   *
   * @returns milliseconds until it has to look again, unless the log grows sooner
   */
  async turn(): Promise<number> {
    await this.#lighten();
    const events = await readLog(this.ctx.db, this.position, batchSize);
    if (events.length > 0) {
      await this.#takeIn(events);
      if (events.length < batchSize) await sleep(gathering);
      return 0;
    }
    await this.#commit();
    const wait = await this.#letTimePass();
    if (wait > 0) this.#tellBurst(false);
    return wait;
  }

  #newFold(log: LogState): Fold {
    const { watched } = this;
    return new Fold({
      log,
      held: this.#held,
      gaps: this.#gaps.filter(({ to }) => to > (log.wall ?? 0)),
      state: this.#set.state,
      // The fold hands back what it was given: events as they were read.
      candidates: (event) => this.#set.candidates(event as ReadEvent),
      known: (id) => (this.#leaders.get(id) ?? Number.POSITIVE_INFINITY) < this.#taking,
      body: (held) => this.#set.body(held),
      fired: (watch, firing) => {
        const { definition } = watched.get(watch.automationId ?? "") ?? {};
        if (definition === undefined) throw new Error(`no automation ${watch.automationId} watches`);
        this.#fired.push({ definition, firing });
      },
    });
  }

  async #takeIn(events: readonly ReadEvent[]): Promise<void> {
    const last = events.at(-1);
    if (last === undefined) return;
    const changes = await readChanges(this.ctx.db, this.position, last.position);
    this.#leaders = await findPositions(
      this.ctx.db,
      events.flatMap(({ follows }) => follows ?? []),
    );
    let rest = events;
    for (const change of [...changes, null]) {
      const end =
        change === null ? rest.length : rest.findIndex(({ position }) => position === change.position) + 1;
      const stretch = rest.slice(0, end);
      rest = rest.slice(end);
      if (!(await this.#takeStretch(stretch, change))) break;
      if (change !== null) this.#apply(change);
    }
    await this.#commit(performance.now() - this.#written < longestUnwritten);
  }

  /** Events between two changes of definitions. @returns false where it ended early, with all its events behind it taken in later */
  async #takeStretch(events: readonly ReadEvent[], change: Change | null): Promise<boolean> {
    const last = events.at(-1);
    if (last === undefined) return true;
    const ids = events.map(({ id }) => id);
    await this.#set.loadFor([...events, ...this.#releasable(ids, last.received)]);
    // No lag makes the evaluation clock run ahead of the wall clock.
    await this.#set.loadDue(last.received, true);
    for (const event of events) {
      const isLast = event === last;
      await this.#giveWay();
      await this.#reach(event.received, true);
      this.#taking = event.position;
      if (event.follows !== null) this.#set.keepBody(event);
      this.#fold.take(event);
      // A change belongs to its event: nothing is committed between the two.
      await this.#reach(event.received, !(isLast && change !== null));
      if (this.#fired.length >= mostFirings && !isLast) return false;
    }
    return true;
  }

  /**
   * Held events that these may release, directly or by one another, and those that have waited too long by an instant of the wall clock,
   * with what these release. Each once: events may follow one another in a circle.
   */
  #releasable(ids: readonly string[], wall: number): ReadEvent[] {
    if (this.#held.size === 0) return [];
    const leaders = [...ids];
    const found = new Map<number, ReadEvent>();
    const add = (held: Parameters<WorkingSet["body"]>[0]) => {
      if (found.has(held.position)) return;
      found.set(held.position, this.#set.body(held));
      leaders.push(held.id);
    };
    for (const orphan of this.#held.orphansAt(wall)) add(orphan);
    for (const id of leaders) for (const follower of this.#held.followersOf(id)) add(follower);
    return [...found.values()];
  }

  #apply(change: Change): void {
    const { dropped, started } = this.watched.apply(change);
    this.#set.changed(dropped, started?.watch ?? null);
    if (started !== null) this.#fold.start(started.watch);
  }

  /**
   * Lets time pass up to an instant of the wall clock; where much is due, in portions that are committed one by one. The next of them is
   * loaded and judged while one is written.
   */
  async #reach(to: number, mayCommit: boolean): Promise<void> {
    for (const gap of this.#gaps) {
      if (gap.from >= to) break;
      if (gap.to <= this.#wall) continue;
      if (this.#wall < gap.from) await this.#pass(gap.from, mayCommit);
      await this.#pass(Math.min(gap.to, to), mayCommit, true);
    }
    await this.#pass(to, mayCommit);
    await this.#writing;
  }

  /** @param jump over a time in which nobody evaluated: what came due in it is due at its end, whichever portion it is in */
  async #pass(to: number, mayCommit: boolean, jump = false): Promise<void> {
    for (;;) {
      const clock = clockAt(this.#fold.log, to);
      const { upTo, complete } = await this.#set.loadDue(clock, mayCommit);
      await this.#step(jump ? to : Math.max(to - (clock - upTo), this.#wall), mayCommit);
      if (complete) return;
      await this.#beginCommit();
    }
  }

  /**
   * What falls due on the way is committed in portions too: a long commit keeps everybody waiting who is behind it. While one portion is
   * written, the next is judged.
   */
  async #step(to: number, mayCommit: boolean): Promise<void> {
    while (this.#fold.step(to)) {
      if (mayCommit && this.#fired.length >= mostFirings) await this.#beginCommit();
      await this.#giveWay();
    }
    this.#fold.advance(to);
  }

  /** Whoever waits for this thread, the lease's renewal above all, has its turn. */
  async #giveWay(): Promise<void> {
    if (performance.now() - this.#gaveWay < longestTurn) return;
    await turn();
    this.#gaveWay = performance.now();
  }

  get #wall(): number {
    return this.#fold.log.wall ?? 0;
  }

  async #letTimePass(): Promise<number> {
    const { due, now } = await readNextDue(this.ctx.db);
    const { log } = this.#fold;
    const windowAt = due === null ? Number.POSITIVE_INFINITY : due + (now - clockAt(log, now));
    const next = Math.min(windowAt, this.#held.nextOrphanAt() ?? Number.POSITIVE_INFINITY);
    if (next > now) return Math.min(Math.ceil(next - now), safetyPoll);
    const clock = await readClock(this.ctx.db, log.position);
    if (clock === null) return 0;
    await this.#set.loadFor(this.#releasable([], clock));
    await this.#reach(clock, true);
    await this.#commit();
    return 0;
  }

  /** @param lazily that the log was taken in without any effect need not be written yet */
  async #commit(lazily = false): Promise<void> {
    await this.#beginCommit(lazily);
    await this.#writing;
  }

  /** Resolves when what there was before is written, and this is being written. */
  async #beginCommit(lazily = false): Promise<void> {
    const { log } = this.#fold;
    const fired = this.#fired;
    this.#fired = [];
    this.#tellBurst(fired.length >= mostFirings);
    const batch: Batch = {
      epoch: this.epoch,
      from: this.#committed,
      to: log,
      fired,
      guard: this.#guard,
      dropped: this.#set.dropped,
      changes: this.#set.state.changes(),
      held: this.#held.changes(),
      automationOf: (triggerId) => {
        const found = this.watched.byTrigger(triggerId)?.definition.automationId;
        if (found === undefined) throw new Error(`no automation watches by the trigger ${triggerId}`);
        return found;
      },
    };
    this.#set.committed(this.#held);
    if (lazily && isIdle(batch)) return;
    this.#committed = log;
    this.#written = performance.now();
    const prepared = await prepare(this.ctx, batch);
    await this.#writing;
    this.#writing = commit(this.ctx, prepared);
    // Whoever waits for it next is told of its failure.
    this.#writing.catch(() => undefined);
    // It is sent before anything else is judged.
    await turn();
    // What is dropped would be loaded again until its rows are gone.
    if (batch.dropped.length > 0) await this.#writing;
  }

  #tellBurst(on: boolean): void {
    if (this.#burst === on) return;
    this.#burst = on;
    this.ctx.burst?.(on);
  }

  /** Memory has its limit: what is stored is read again when it is needed. */
  async #lighten(): Promise<void> {
    if (!this.#set.full) return;
    this.#set = new WorkingSet(this.ctx.db, this.watched);
    await this.#set.loadBodies(this.#held);
    this.#fold = this.#newFold(this.#committed);
  }
}
