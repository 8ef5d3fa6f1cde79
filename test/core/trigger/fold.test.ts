import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LogEvent } from "../../../core/event/event.ts";
import { HeldEvents } from "../../../core/event-log/held-events.ts";
import { emptyLog } from "../../../core/event-log/log-state.ts";
import type { TriggerFiring } from "../../../core/trigger/firing.ts";
import { firingId } from "../../../core/trigger/firing-id.ts";
import { Fold, TriggerFailure } from "../../../core/trigger/fold.ts";
import { assignIds } from "../../../core/trigger/ids.ts";
import { parseTriggerDocument } from "../../../core/trigger/parse.ts";
import type { Trigger } from "../../../core/trigger/trigger.ts";
import { TriggerState } from "../../../core/trigger/trigger-state.ts";
import { type Watch, watch } from "../../../core/trigger/watch.ts";
import { Watches } from "../../../core/trigger/watches.ts";
import { endOf, histories, triggers } from "./support/random.ts";
import { at, firingsOf, instant, zero } from "./support/tell.ts";

function watchOf(automationId: string, document: object, order: number): Watch {
  let ids = 0;
  const trigger = assignIds(parseTriggerDocument(document), () => `${automationId}-${++ids}`);
  return watch(trigger, { automationId, triggerVersion: 1, order });
}

/** A log that several automations watch; `fired` names each firing's automation. */
function watched(...all: Watch[]): { fold: Fold; fired: string[] } {
  const watches = new Watches();
  for (const one of all) watches.add(one);
  const fired: string[] = [];
  const fold = new Fold({
    log: emptyLog(zero),
    held: new HeldEvents(),
    state: new TriggerState({ leaf: (id) => watches.leaf(id), complete: true }),
    candidates: () => all,
    known: () => false,
    body: () => {
      throw new Error("nothing is held");
    },
    fired: ({ automationId }) => fired.push(automationId ?? ""),
  });
  for (const one of all) fold.start(one);
  return { fold, fired };
}

function event(position: number, seconds: number): LogEvent {
  const times = { occurred: instant(seconds), received: instant(seconds) };
  const resource = { "prefect.resource.id": "thing" };
  return { id: `e${position}`, position, ...times, event: "ping", resource, related: [], follows: null };
}

describe("a fold over several automations", () => {
  const silence = { type: "event", posture: "Proactive", expect: ["never"], within: 10 };

  test("deals with what is due at one instant in the order of the automations", () => {
    const { fold, fired } = watched(watchOf("second", silence, 2), watchOf("first", silence, 1));
    fold.advance(instant(20));
    expect(fired).toEqual(["first", "second", "first", "second"]);
  });

  test("goes one step at a time, and can be stored behind each", () => {
    const { fold, fired } = watched(watchOf("a", silence, 1), watchOf("b", silence, 2));
    expect(fold.step(instant(15))).toBe(true);
    expect(fired).toEqual(["a"]);
    expect(fold.log.wall).toBe(instant(10));
    expect(fold.step(instant(15))).toBe(true);
    expect(fold.step(instant(15))).toBe(false);
    expect(fold.log.wall).toBe(instant(10));
    fold.advance(instant(15));
    expect(fold.log.wall).toBe(instant(15));
  });

  test("counts its position by what it has taken in", () => {
    const { fold } = watched(watchOf("a", { type: "event" }, 1));
    fold.deliver(event(7, 3));
    expect(fold.log).toEqual({
      position: 7,
      wall: instant(3),
      eventClock: instant(3),
      advancedAt: instant(3),
    });
  });

  test("names the automation whose trigger cannot be evaluated", () => {
    const good = watchOf("good", { type: "event" }, 1);
    const trigger: Trigger = Object.defineProperty(
      assignIds(parseTriggerDocument({ type: "event" }), () => "poison-1"),
      "threshold",
      {
        get: () => {
          throw new Error("a mistake");
        },
      },
    );
    const { fold, fired } = watched(
      good,
      watch(trigger, { automationId: "bad", triggerVersion: 1, order: 2 }),
    );
    const failure = (() => {
      try {
        fold.deliver(event(1, 1));
        return null;
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(TriggerFailure);
    expect(String(failure)).toBe(
      "TriggerFailure: the trigger of automation bad could not be evaluated: Error: a mistake",
    );
    expect(fired).toEqual(["good"]);
  });
});

test("triggers 19.9: automations that are judged together fire as each of them does by itself, so it does not matter how they are divided", () => {
  fc.assert(
    fc.property(fc.array(triggers, { minLength: 2, maxLength: 4 }), histories, (documents, history) => {
      const all = documents.map((document, order) => watchOf(`automation ${order}`, document, order));
      const until = endOf(history);
      expect(firedBy(all, history, until)).toEqual(
        new Map(all.flatMap((one) => [...firedBy([one], history, until)])),
      );
    }),
    { numRuns: 100 },
  );
});

/** What each of these fires, where they share one log. */
function firedBy(all: readonly Watch[], history: readonly LogEvent[], until: number) {
  const watches = new Watches();
  for (const one of all) watches.add(one);
  const fired = new Map(all.map((one): [Watch, TriggerFiring[]] => [one, []]));
  const before = new Set<string>();
  const fold = new Fold({
    log: emptyLog(zero),
    held: new HeldEvents(),
    state: new TriggerState({ leaf: (id) => watches.leaf(id), complete: true }),
    candidates: () => all,
    known: (id) => before.has(id),
    body: ({ position }) => history[position - 1] ?? event(position, 0),
    fired: (watched, firing) => fired.get(watched)?.push(firing),
  });
  for (const one of all) fold.start(one);
  for (const happened of history) {
    fold.deliver(happened);
    before.add(happened.id);
  }
  fold.advance(until);
  return fired;
}

test("two windows of one key that end at the same instant have firings of different ids", () => {
  const silence = { type: "event", posture: "Proactive", after: ["a"], expect: ["b"], within: 10 };
  const firings = firingsOf(silence, [at(0, "a"), at(0, "a", { received: 20 })], 60);
  expect(firings.map(({ time }) => time)).toEqual([instant(10), instant(10)]);
  const automation = { automationId: "automation", triggerVersion: 1 };
  const ids = firings.map(({ cause, ordinal }) => firingId(automation, cause, ordinal));
  expect(new Set(ids).size).toBe(2);
});
