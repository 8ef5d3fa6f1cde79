import type { LogEvent } from "../event/event.ts";
import { bucketKey } from "./key.ts";
import { isAbout, partOf, wants } from "./match.ts";
import type { CompoundTrigger, EventTrigger, MetricTrigger, SequenceTrigger, Trigger } from "./trigger.ts";

/** An automation's trigger as the engine watches it. */
export interface Watch extends WatchedAutomation {
  readonly root: Node;
  /** The event and metric triggers in it, in the order of the document. */
  readonly leaves: readonly Leaf[];
}

export interface WatchedAutomation {
  /** Null in a backtest of a trigger that belongs to none. */
  readonly automationId: string | null;
  /** One more with each change of the trigger and with each enabling. */
  readonly triggerVersion: number;
  /** Orders what falls due at one instant in several automations. */
  readonly order: number;
}

export type Node = Leaf | Composite;
export type Leaf = EventLeaf | MetricLeaf;

interface AnyNode {
  /** Indexes of the members from the root to this one. */
  readonly path: readonly number[];
  readonly parent: Composite | null;
}

interface AnyLeaf extends AnyNode {
  /** Its number among the leaves. */
  readonly place: number;
}

export interface EventLeaf extends AnyLeaf {
  readonly kind: "event";
  readonly trigger: EventTrigger;
}

export interface MetricLeaf extends AnyLeaf {
  readonly kind: "metric";
  readonly trigger: MetricTrigger;
}

export interface Composite extends AnyNode {
  readonly kind: "composite";
  readonly trigger: CompoundTrigger | SequenceTrigger;
  readonly members: readonly Node[];
  /** How many members must have fired. Where it is 1, each firing of a member passes through, and nothing is remembered. */
  readonly needed: number;
}

/** What an event is to one leaf that it concerns. */
export interface Touch {
  readonly leaf: Leaf;
  readonly expected: boolean;
  readonly arming: boolean;
  /** The bucket's values of the `for_each` labels; empty for a metric. */
  readonly key: readonly string[];
  readonly keyText: string;
}

const noKey = { key: [], keyText: "[]" } as const;

/** Makes a trigger ready to be evaluated. */
export function watch(trigger: Trigger, of: WatchedAutomation): Watch {
  const leaves: Leaf[] = [];
  const node = (of: Trigger, path: readonly number[], parent: Composite | null): Node => {
    switch (of.type) {
      case "event": {
        const leaf: EventLeaf = { kind: "event", trigger: of, path, parent, place: leaves.length };
        leaves.push(leaf);
        return leaf;
      }
      case "metric": {
        const leaf: MetricLeaf = { kind: "metric", trigger: of, path, parent, place: leaves.length };
        leaves.push(leaf);
        return leaf;
      }
      case "compound":
      case "sequence": {
        const members: Node[] = [];
        const composite: Composite = {
          kind: "composite",
          trigger: of,
          path,
          parent,
          members,
          needed: neededOf(of),
        };
        for (const [index, member] of of.triggers.entries())
          members.push(node(member, [...path, index], composite));
        return composite;
      }
    }
  };
  const root = node(trigger, [], null);
  return { ...of, root, leaves };
}

function neededOf(trigger: CompoundTrigger | SequenceTrigger): number {
  if (trigger.type === "sequence" || trigger.require === "all") return trigger.triggers.length;
  return trigger.require === "any" ? 1 : trigger.require;
}

/** The leaves that an event concerns, in the order of the document; none where it is about the automation itself. */
export function touches(watched: Watch, event: LogEvent): readonly Touch[] {
  if (watched.automationId !== null && isAbout(watched.automationId, event)) return [];
  const touched: Touch[] = [];
  for (const leaf of watched.leaves) {
    const touch = touchOf(leaf, event);
    if (touch !== null) touched.push(touch);
  }
  return touched;
}

function touchOf(leaf: Leaf, event: LogEvent): Touch | null {
  if (leaf.kind === "metric") {
    return wants(leaf.trigger, event) ? { leaf, expected: true, arming: false, ...noKey } : null;
  }
  const part = partOf(leaf.trigger, event);
  if (part === null) return null;
  const { expected, arming } = part;
  if (leaf.trigger.forEach.length === 0) return { leaf, expected, arming, ...noKey };
  const key = bucketKey(leaf.trigger.forEach, event);
  return { leaf, expected, arming, key, keyText: JSON.stringify(key) };
}

/** The ids of the composites above a leaf that remember firings: a firing of the leaf may read and change what they remember. */
export function remembering(leaf: Leaf): string[] {
  const ids: string[] = [];
  for (let above = leaf.parent; above !== null; above = above.parent) {
    if (above.needed > 1) ids.push(above.trigger.id);
  }
  return ids;
}
