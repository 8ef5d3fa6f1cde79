import fc from "fast-check";
import { expect, test } from "vitest";
import type { LogEvent } from "../../../core/event/event.ts";
import { backtest } from "../../../core/trigger/backtest-events.ts";
import type { TriggerFiring } from "../../../core/trigger/firing.ts";
import { firingId } from "../../../core/trigger/firing-id.ts";
import { endOf, eventTriggers, histories, triggers } from "./support/random.ts";
import { StoredEvaluation } from "./support/stored.ts";
import { triggerOf, zero } from "./support/tell.ts";

const rounds = { numRuns: 150 };

function run(document: object, events: readonly LogEvent[], until = endOf(events)): readonly TriggerFiring[] {
  return backtest({ trigger: triggerOf(document), start: zero, until, events }).firings;
}

/** Firings with their events by id: places in the log differ where events were put between. */
function withoutPlaces(firings: readonly TriggerFiring[]): unknown[] {
  return firings.map(({ cause, ...rest }) => ({
    ...rest,
    cause: cause.kind === "event" ? { ...cause, position: null } : cause,
  }));
}

test("events that concern no trigger and leave the lag as it is change nothing", () => {
  fc.assert(
    fc.property(triggers, histories, fc.array(fc.nat(), { maxLength: 5 }), (document, history, places) => {
      const events = [...history];
      for (const [number, place] of places.entries()) {
        // Older than the first event, which has set the event clock.
        const before = events[place % (events.length + 1)];
        if (before === undefined) continue;
        const irrelevant = { ...before, id: `irrelevant-${number}`, event: "a", follows: null };
        const old = { occurred: zero - 10_000_000, resource: { "prefect.resource.id": "nothing" } };
        events.splice(events.indexOf(before) + 1, 0, { ...irrelevant, ...old });
      }
      expect(withoutPlaces(run(document, events))).toEqual(withoutPlaces(run(document, history)));
    }),
    rounds,
  );
});

test("a redelivery changes nothing", () => {
  fc.assert(
    fc.property(triggers, histories, fc.array(fc.tuple(fc.nat(), fc.nat())), (document, history, pairs) => {
      const events = [...history];
      for (const [from, to] of pairs) {
        const original = history[from % Math.max(1, history.length)];
        const place = events.findIndex((event) => event.id === original?.id) + 1;
        const at = place + (to % Math.max(1, events.length - place + 1));
        const received = events[at - 1]?.received;
        if (original !== undefined && received !== undefined) events.splice(at, 0, { ...original, received });
      }
      const until = endOf(history);
      expect(withoutPlaces(run(document, events, until))).toEqual(
        withoutPlaces(run(document, history, until)),
      );
    }),
    rounds,
  );
});

test("triggers 19.2: saving and loading everything between any two steps, and any division into batches, change nothing", () => {
  fc.assert(
    fc.property(triggers, histories, fc.array(fc.integer({ min: 1, max: 6 })), (document, history, sizes) => {
      const stored = new StoredEvaluation(triggerOf(document), history);
      for (let from = 0, batch = 0; from < history.length; batch += 1) {
        const size = sizes[batch % Math.max(1, sizes.length)] ?? 1;
        stored.take(history.slice(from, from + size));
        from += size;
      }
      stored.pass(endOf(history));
      expect(stored.firings).toEqual(run(document, history));
    }),
    rounds,
  );
});

test("windows of different keys never meet", () => {
  fc.assert(
    fc.property(eventTriggers, histories, (document, history) => {
      const keyed = { ...document, for_each: ["prefect.resource.id"] };
      const alone = history.map((event) =>
        event.resource["prefect.resource.id"] === "r1"
          ? event
          : { ...event, resource: { "prefect.resource.id": "nothing" } },
      );
      const ofOne = run(keyed, history).filter(({ key }) => key[0] === "r1");
      expect(ofOne).toEqual(run(keyed, alone));
    }),
    rounds,
  );
});

test("an automation has no two firings of one id", () => {
  fc.assert(
    fc.property(triggers, histories, (document, history) => {
      const ids = run(document, history).map(({ cause, ordinal }) =>
        firingId({ automationId: "automation", triggerVersion: 1 }, cause, ordinal),
      );
      expect(new Set(ids).size).toBe(ids.length);
    }),
    rounds,
  );
});

test("firings come in the order of the wall clock", () => {
  fc.assert(
    fc.property(triggers, histories, (document, history) => {
      const walls = run(document, history).map(({ firedAt }) => firedAt);
      expect(walls).toEqual(walls.toSorted((a, b) => a - b));
    }),
    rounds,
  );
});
