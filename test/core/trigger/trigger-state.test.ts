import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Bucket } from "../../../core/trigger/bucket.ts";
import { type Due, DueHeap } from "../../../core/trigger/due-heap.ts";
import { TriggerState } from "../../../core/trigger/trigger-state.ts";
import { watch } from "../../../core/trigger/watch.ts";
import { Watches } from "../../../core/trigger/watches.ts";
import { triggerOf } from "./support/tell.ts";

const id = "trigger-1";
const watches = new Watches();
watches.add(
  watch(triggerOf({ type: "event", posture: "Proactive", for_each: ["k"] }), {
    automationId: null,
    triggerVersion: 1,
    order: 0,
  }),
);

function opened(complete = true): TriggerState {
  return new TriggerState({ leaf: (triggerId) => watches.leaf(triggerId), complete });
}

function bucket(dueAt: number | null, count = 0): Bucket {
  return { start: 0, end: dueAt, dueAt, count, lastEvent: null, firedAt: null, counted: [] };
}

function put(state: TriggerState, key: string, value: Bucket | null): void {
  state.apply({ kind: "bucket", triggerId: id, keyText: JSON.stringify([key]), bucket: value });
}

function dueKeys(state: TriggerState): string[] {
  const keys: string[] = [];
  for (let due = state.nextDue(); due !== null; due = state.nextDue()) {
    keys.push(`${due.key?.values[0]} ${due.at}`);
    put(state, due.key?.values[0] ?? "", null);
  }
  return keys;
}

describe("the state at hand", () => {
  test("gives what is due in the order of (instant, key)", () => {
    const state = opened();
    put(state, "b", bucket(5));
    put(state, "a", bucket(5));
    put(state, "c", bucket(3));
    put(state, "d", bucket(null));
    expect(dueKeys(state)).toEqual(["c 3", "a 5", "b 5"]);
  });

  test("follows what is put off, brought forward, closed and opened again", () => {
    const state = opened();
    put(state, "later", bucket(1));
    put(state, "later", bucket(9));
    put(state, "sooner", bucket(9));
    put(state, "sooner", bucket(2));
    put(state, "closed", bucket(3));
    put(state, "closed", null);
    put(state, "again", bucket(4));
    put(state, "again", null);
    put(state, "again", bucket(6));
    expect(dueKeys(state)).toEqual(["sooner 2", "again 6", "later 9"]);
  });

  test("tells each row once that differs from what is stored, as it is now", () => {
    const state = opened();
    put(state, "a", bucket(1, 1));
    put(state, "a", bucket(1, 2));
    put(state, "b", bucket(1));
    put(state, "b", null);
    expect(state.changes()).toMatchObject([{ keyText: '["a"]', bucket: { count: 2 } }]);
    expect(state.changes()).toEqual([]);
    put(state, "a", null);
    expect(state.changes()).toMatchObject([{ keyText: '["a"]', bucket: null }]);
  });

  test("takes for missing what was never loaded, unless it is all there is", () => {
    expect(opened(true).bucket(id, '["a"]')).toBe(null);
    expect(() => opened(false).bucket(id, '["a"]')).toThrow(
      'the bucket ["a"] of trigger trigger-1 was not loaded before it was needed',
    );
    expect(() => opened(false).memory(id)).toThrow("the memory of trigger trigger-1 was not loaded");
  });

  test("keeps what it has when the stored row is loaded again", () => {
    const state = opened(false);
    put(state, "a", bucket(1, 7));
    state.load(id, '["a"]', bucket(1, 3));
    expect(state.bucket(id, '["a"]')?.count).toBe(7);
  });

  test("has nothing of a trigger that is dropped", () => {
    const state = opened();
    put(state, "a", bucket(1));
    state.dropTrigger(id);
    expect(state.nextDue()).toBe(null);
    expect(state.changes()).toEqual([]);
  });
});

test("the heap gives what it was given in order, whatever that was", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(2), fc.nat(2))), (entries) => {
      const heap = new DueHeap();
      for (const [at, order, place] of entries) heap.push({ at, order, place, triggerId: id, key: null });
      const given: Due[] = [];
      for (let due = heap.pop(); due !== undefined; due = heap.pop()) given.push(due);
      expect(given.map(({ at, order, place }) => [at, order, place])).toEqual(
        entries.toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]),
      );
    }),
  );
});
