import { mostCounted } from "./bucket.ts";
import type { MemberFiring } from "./firing.ts";
import type { CompositeMemory, RememberedFiring } from "./memory.ts";
import type { CompositeOutcome } from "./step.ts";
import type { Composite } from "./watch.ts";
import { milliseconds } from "./window.ts";

/** A member's firing as it is offered to its parent. */
export interface Offer {
  /** The member's place among the parent's. */
  readonly member: number;
  readonly firing: MemberFiring;
  readonly counted: readonly string[];
}

/** What the parent does with what it is offered. */
export interface Remembered {
  readonly memory: CompositeMemory | null;
  readonly outcome: CompositeOutcome;
  /** What it fires of, in the order of the members, and when (the latest of their times); null where it does not. */
  readonly fired: { readonly of: readonly RememberedFiring[]; readonly time: number } | null;
}

/**
 * What a composite that needs several members does when some have fired of one cause (triggers.md §8): it remembers the latest firing of
 * each, forgets those too far behind the latest of all, and fires once when they are complete.
 */
export function remember(
  composite: Composite,
  memory: CompositeMemory | null,
  offers: readonly Offer[],
): Remembered {
  const { within } = composite.trigger;
  const known = new Map(memory?.remembered.map((one) => [one.member, one]));
  let next = memory?.next ?? 0;
  for (const { member, firing, counted } of accepted(composite, known, offers)) {
    const old = known.get(member);
    if (old === undefined || firing.time >= old.firing.time) {
      known.set(member, { member, order: next, firing, counted });
      next += 1;
    }
  }
  const time = Math.max(...Array.from(known.values(), (one) => one.firing.time));
  const oldest = within === null ? Number.NEGATIVE_INFINITY : time - milliseconds(within);
  const all = [...known.values()].sort((a, b) => a.member - b.member);
  const kept = all.filter((one) => one.firing.time >= oldest);
  const enough = kept.length >= composite.needed;
  const outOfOrder = enough && composite.trigger.type === "sequence" && !ascend(kept);
  if (enough && !outOfOrder) return { memory: null, outcome: { kind: "fired" }, fired: { of: kept, time } };
  return {
    memory: { kind: "composite", dueAt: null, next, remembered: kept },
    outcome: {
      kind: "waiting",
      members: kept.map((one) => one.member),
      needed: composite.needed,
      forgotten: all.filter((one) => one.firing.time < oldest).map((one) => one.member),
      outOfOrder,
    },
    fired: null,
  };
}

/** The ids of the events that counted towards several firings, each once; of too many the last. */
export function countedTogether(all: readonly RememberedFiring[]): readonly string[] {
  const inOrder = [...all].sort((a, b) => a.order - b.order);
  return [...new Set(inOrder.flatMap((one) => one.counted))].slice(-mostCounted);
}

/** One cause satisfies any number of a compound's members, but one step of a sequence. */
function accepted(
  composite: Composite,
  known: ReadonlyMap<number, RememberedFiring>,
  offers: readonly Offer[],
): readonly Offer[] {
  if (composite.trigger.type === "compound") return offers;
  const { within } = composite.trigger;
  const step = offers.find(({ member, firing }) => {
    const old = known.get(member);
    // One that this firing makes too old to count is as good as forgotten.
    return old === undefined || (within !== null && old.firing.time < firing.time - milliseconds(within));
  });
  const member = (step ?? offers.at(-1))?.member;
  return offers.filter((offer) => offer.member === member);
}

function ascend(steps: readonly RememberedFiring[]): boolean {
  return steps.every((step, index) => {
    const before = steps[index - 1];
    if (before === undefined) return true;
    return before.firing.time === step.firing.time
      ? before.order < step.order
      : before.firing.time < step.firing.time;
  });
}
