import { expect, it } from "vitest";
import { because } from "../../../sdk/cli/firing/list.ts";

const firing = { causedByClock: false, triggeringEvent: null, triggeringLabels: {} };

it("a firing's cause is the event with what it is about, or that time ran out", () => {
  const labels = { "prefect.resource.id": "order.3" };
  const event = { event: "order.paid", resource: { "prefect.resource.id": "order.7" } };
  const told = (more: object) => because({ ...firing, ...more } as Parameters<typeof because>[0]); // what it looks at
  expect(told({ causedByClock: true, triggeringLabels: labels })).toBe("time ran out for order.3");
  expect(told({ causedByClock: true })).toBe("time ran out");
  expect(told({ triggeringEvent: event })).toBe("order.paid of order.7");
  expect(told({})).toBe("an event that is gone");
});
