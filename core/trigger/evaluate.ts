import type { LogEvent } from "../event/event.ts";
import type { Bucket } from "./bucket.ts";
import { countedTogether, type Offer, remember } from "./composite.ts";
import type { Cause, TriggerFiring } from "./firing.ts";
import { keyAsLabels } from "./key.ts";
import type { MetricMemory } from "./memory.ts";
import { type Measured, measureDue, measureEvent } from "./metric.ts";
import { asMember, type NodeFiring, nodeFiring } from "./node-firing.ts";
import { judgeProactive, missProactive, startProactive } from "./proactive.ts";
import { judgeReactive } from "./reactive.ts";
import type { StateChange, StateReader } from "./state.ts";
import type { Step } from "./step.ts";
import type { Verdict } from "./verdict.ts";
import type { Composite, EventLeaf, Leaf, MetricLeaf, Node, Touch, Watch } from "./watch.ts";

/** The clocks at a step of the log. */
export interface Now {
  readonly wall: number;
  /** The evaluation clock: the wall less the lag of the events. */
  readonly clock: number;
  /** The greatest `occurred` so far; null before the first event. */
  readonly eventClock: number | null;
}

export type Input =
  /** An event is judged. `touches`: what it is to the trigger's leaves. */
  | {
      readonly kind: "event";
      readonly event: LogEvent;
      readonly touches: readonly Touch[];
      readonly now: Now;
    }
  /** The evaluation clock has reached the `dueAt` of a window, or of a metric's memory (whose key is empty). */
  | {
      readonly kind: "due";
      readonly leaf: Leaf;
      readonly key: readonly string[];
      readonly keyText: string;
      readonly now: Now;
    }
  /** Watching begins. */
  | { readonly kind: "start"; readonly now: Now };

export interface Evaluation {
  /** At most one for each row. */
  readonly changes: readonly StateChange[];
  /** Of the outermost trigger, in order. */
  readonly firings: readonly TriggerFiring[];
  /** What happened inside, in order, with the reasons. */
  readonly steps: readonly Step[];
}

/**
 * What one trigger does with one input. Pure: the same arguments give the same answer; nothing is read but what `state` answers, nothing
 * is written.
 */
export function evaluate(watched: Watch, state: StateReader, input: Input): Evaluation {
  const turn = new Turn(state, input.now);
  switch (input.kind) {
    case "event": {
      for (const touch of input.touches) turn.judge(touch, input.event);
      const { id, position } = input.event;
      return turn.end(watched, { kind: "event", eventId: id, position });
    }
    case "due":
      return turn.end(watched, turn.pass(input.leaf, input.key, input.keyText));
    case "start":
      for (const leaf of watched.leaves) if (leaf.kind === "event") turn.start(leaf);
      return turn.end(watched, null);
  }
}

/** One input on its way through one trigger. */
class Turn {
  readonly #changes: StateChange[] = [];
  readonly #steps: Step[] = [];
  #fired: Map<Leaf, NodeFiring> | null = null;

  constructor(
    readonly state: StateReader,
    readonly now: Now,
  ) {}

  judge(touch: Touch, event: LogEvent): void {
    const { leaf } = touch;
    if (leaf.kind === "metric") {
      const memory = this.#metricMemory(leaf);
      this.#measured(leaf, memory, measureEvent(leaf.trigger, memory, event, this.now.clock));
      return;
    }
    const bucket = this.state.bucket(leaf.trigger.id, touch.keyText);
    const verdict =
      leaf.trigger.posture === "Reactive"
        ? judgeReactive(leaf.trigger, touch, bucket, event, this.now.eventClock)
        : judgeProactive(leaf.trigger, touch, bucket, event);
    this.#judged(leaf, touch, bucket, verdict, event.occurred, event.id);
  }

  /** Lets a due window or metric pass. @returns what firings of it are caused by; null where there is none that is due */
  pass(leaf: Leaf, key: readonly string[], keyText: string): Cause | null {
    const { path } = leaf;
    if (leaf.kind === "metric") {
      const memory = this.#metricMemory(leaf);
      if (memory === null || memory.dueAt === null || memory.dueAt > this.now.clock) return null;
      this.#measured(leaf, memory, measureDue(leaf.trigger, memory));
      return { kind: "clock", path, key, end: memory.dueAt, lastEvent: memory.lastEvent };
    }
    const bucket = this.state.bucket(leaf.trigger.id, keyText);
    if (bucket === null || bucket.dueAt === null || bucket.dueAt > this.now.clock) return null;
    const { dueAt: end, lastEvent } = bucket;
    const verdict = missProactive(leaf.trigger, bucket, this.now.clock);
    this.#judged(leaf, { key, keyText }, bucket, verdict, end, lastEvent);
    return { kind: "clock", path, key, end, lastEvent };
  }

  start(leaf: EventLeaf): void {
    const verdict =
      leaf.trigger.posture === "Proactive" ? startProactive(leaf.trigger, this.now.clock) : null;
    if (verdict !== null) this.#judged(leaf, { key: [], keyText: "[]" }, null, verdict, this.now.clock, null);
  }

  /** @param cause of what fires; null where nothing can */
  end(watched: Watch, cause: Cause | null): Evaluation {
    const firings =
      cause === null || this.#fired === null
        ? []
        : this.#firingsOf(watched.root).map((firing, ordinal) => {
            return { ...firing, firedAt: this.now.wall, cause, ordinal };
          });
    return { changes: this.#changes, firings, steps: this.#steps };
  }

  #judged(
    leaf: EventLeaf,
    { key, keyText }: Pick<Touch, "key" | "keyText">,
    before: Bucket | null,
    { after, outcome, fired }: Verdict,
    time: number,
    triggeringEventId: string | null,
  ): void {
    const triggerId = leaf.trigger.id;
    if (after !== before) this.#changes.push({ kind: "bucket", triggerId, keyText, bucket: after });
    this.#steps.push({ kind: "bucket", triggerId, path: leaf.path, key, before, after, outcome });
    if (fired === null) return;
    const labels = keyAsLabels(leaf.trigger.forEach, key);
    const { counted } = fired;
    this.#fires(leaf, nodeFiring({ triggerId, time, key, labels, triggeringEventId, counted }));
  }

  #measured(leaf: MetricLeaf, before: MetricMemory | null, measured: Measured): void {
    const triggerId = leaf.trigger.id;
    const { memory: after, outcome, fired } = measured;
    this.#changes.push({ kind: "memory", triggerId, memory: after });
    this.#steps.push({ kind: "memory", triggerId, path: leaf.path, before, after, outcome });
    if (fired === null || before === null) return;
    const time = before.dueAt ?? this.now.clock;
    const { state, value: metricValue } = fired;
    this.#fires(
      leaf,
      nodeFiring({ triggerId, time, state, triggeringEventId: before.lastEvent, metricValue }),
    );
  }

  #fires(leaf: Leaf, firing: NodeFiring): void {
    this.#fired ??= new Map();
    this.#fired.set(leaf, firing);
  }

  /** What a trigger fires, now that its members have. */
  #firingsOf(node: Node): readonly NodeFiring[] {
    if (node.kind !== "composite") {
      const firing = this.#fired?.get(node);
      return firing === undefined ? [] : [firing];
    }
    const offers = node.members.flatMap((member, index) =>
      this.#firingsOf(member)
        .filter((firing) => firing.state === "Triggered")
        .map((firing) => ({ member: index, firing: asMember(firing), counted: firing.counted })),
    );
    if (offers.length === 0) return [];
    return node.needed === 1 ? offers.map((offer) => through(node, offer)) : this.#remember(node, offers);
  }

  #remember(node: Composite, offers: readonly Offer[]): readonly NodeFiring[] {
    const triggerId = node.trigger.id;
    const before = this.state.memory(triggerId);
    const { memory, outcome, fired } = remember(node, before?.kind === "composite" ? before : null, offers);
    this.#changes.push({ kind: "memory", triggerId, memory });
    this.#steps.push({ kind: "memory", triggerId, path: node.path, before, after: memory, outcome });
    if (fired === null) return [];
    const members = fired.of.map((one) => one.firing);
    const triggeringEventId = offers.at(-1)?.firing.triggeringEventId ?? null;
    const counted = countedTogether(fired.of);
    return [nodeFiring({ triggerId, time: fired.time, triggeringEventId, members, counted })];
  }

  #metricMemory(leaf: MetricLeaf): MetricMemory | null {
    const memory = this.state.memory(leaf.trigger.id);
    return memory?.kind === "metric" ? memory : null;
  }
}

function through(node: Composite, { firing, counted }: Offer): NodeFiring {
  const { time, triggeringEventId } = firing;
  return nodeFiring({ triggerId: node.trigger.id, time, triggeringEventId, members: [firing], counted });
}
