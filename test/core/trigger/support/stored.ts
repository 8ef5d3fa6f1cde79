import type { LogEvent } from "../../../../core/event/event.ts";
import type { HeldEvent } from "../../../../core/event-log/held-event.ts";
import { HeldEvents } from "../../../../core/event-log/held-events.ts";
import { emptyLog, type LogState } from "../../../../core/event-log/log-state.ts";
import type { Bucket } from "../../../../core/trigger/bucket.ts";
import type { TriggerFiring } from "../../../../core/trigger/firing.ts";
import { Fold } from "../../../../core/trigger/fold.ts";
import type { Memory } from "../../../../core/trigger/memory.ts";
import type { Trigger } from "../../../../core/trigger/trigger.ts";
import { TriggerState } from "../../../../core/trigger/trigger-state.ts";
import { type Leaf, remembering, touches, type Watch, watch } from "../../../../core/trigger/watch.ts";
import { Watches } from "../../../../core/trigger/watches.ts";
import { zero } from "./tell.ts";

/**
 * Evaluates as a server does: all that lasts lies as JSON in a store, each batch loads what it needs of it, and nothing else survives
 * the batch.
 */
export class StoredEvaluation {
  readonly firings: TriggerFiring[] = [];
  readonly #watch: Watch;
  readonly #watches = new Watches();
  readonly #rows = new Map<string, string>();
  readonly #held = new Map<number, string>();
  #log = JSON.stringify(emptyLog(zero));
  /** The position of the event that is being taken in. */
  #taken = 0;

  constructor(
    trigger: Trigger,
    readonly history: readonly LogEvent[],
  ) {
    this.#watch = watch(trigger, { automationId: null, triggerVersion: 1, order: 0 });
    this.#watches.add(this.#watch);
    this.#batch([], zero, (fold) => fold.start(this.#watch));
  }

  /** Takes events in, in one batch. */
  take(events: readonly LogEvent[]): void {
    this.#batch(events, events.at(-1)?.received ?? zero, (fold) => {
      for (const event of events) {
        this.#taken = event.position;
        fold.deliver(event);
      }
    });
  }

  /** Lets time pass in batches of one step each. */
  pass(to: number): void {
    for (let went = true; went; ) {
      this.#batch([], to, (fold) => {
        went = fold.step(to);
      });
    }
  }

  #batch(events: readonly LogEvent[], to: number, work: (fold: Fold) => void): void {
    const held = new HeldEvents(Array.from(this.#held.values(), (text) => JSON.parse(text) as HeldEvent));
    const state = new TriggerState({ leaf: (id) => this.#watches.leaf(id), complete: false });
    this.#loadTouched(state, [...events, ...Array.from(held, (one) => this.#body(one))]);
    this.#loadDue(state, to);
    const fold = new Fold({
      log: JSON.parse(this.#log) as LogState,
      held,
      state,
      candidates: () => [this.#watch],
      known: (id) => this.history.slice(0, this.#taken - 1).some((event) => event.id === id),
      body: (one) => this.#body(one),
      fired: (_, firing) => this.firings.push(firing),
    });
    work(fold);
    this.#store(fold);
  }

  #loadTouched(state: TriggerState, events: readonly LogEvent[]): void {
    for (const event of events) {
      for (const { leaf, keyText } of touches(this.#watch, event)) this.#loadLeaf(state, leaf, keyText);
    }
    // The first windows of those that begin with none.
    for (const leaf of this.#watch.leaves) this.#loadLeaf(state, leaf, "[]");
  }

  /** The evaluation clock never passes the wall clock. */
  #loadDue(state: TriggerState, wall: number): void {
    for (const [name, text] of this.#rows) {
      const [triggerId = "", keyText] = JSON.parse(name) as [string, string?];
      const row = JSON.parse(text) as Bucket | Memory;
      const leaf = this.#watches.leaf(triggerId)?.leaf;
      if (row.dueAt !== null && row.dueAt <= wall && leaf !== undefined)
        this.#loadLeaf(state, leaf, keyText ?? "[]");
    }
  }

  #loadLeaf(state: TriggerState, leaf: Leaf, keyText: string): void {
    const { id } = leaf.trigger;
    if (leaf.kind === "event") state.load(id, keyText, this.#row<Bucket>([id, keyText]));
    else state.loadMemory(id, this.#row<Memory>([id]));
    for (const above of remembering(leaf)) state.loadMemory(above, this.#row<Memory>([above]));
  }

  #row<Row>(name: string[]): Row | null {
    const text = this.#rows.get(JSON.stringify(name));
    return text === undefined ? null : (JSON.parse(text) as Row);
  }

  #store(fold: Fold): void {
    this.#log = JSON.stringify(fold.log);
    const { held, state } = fold.parts;
    const changes = held.changes();
    for (const position of changes.released) this.#held.delete(position);
    for (const event of changes.held) this.#held.set(event.position, JSON.stringify(event));
    for (const change of state.changes()) {
      const name = JSON.stringify(
        change.kind === "bucket" ? [change.triggerId, change.keyText] : [change.triggerId],
      );
      const row = change.kind === "bucket" ? change.bucket : change.memory;
      if (row === null) this.#rows.delete(name);
      else this.#rows.set(name, JSON.stringify(row));
    }
  }

  #body({ position }: HeldEvent): LogEvent {
    const event = this.history[position - 1];
    if (event === undefined) throw new Error(`there is no event ${position}`);
    return event;
  }
}
