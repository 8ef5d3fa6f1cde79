import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type EventsSearch,
  eventsFilter,
  eventsHref,
  isLive,
  readEventsSearch,
} from "../../web/app/events/search-params.ts";
import { resourceName, shownResource } from "../../web/ui/resource.ts";

const now = Date.UTC(2026, 0, 8);
const all = readEventsSearch({});

describe("the address of the feed", () => {
  const text = fc
    .string({ minLength: 1 })
    .map((value) => value.trim())
    .filter((value) => value !== "");
  const moment = fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-01-01") })
    .map((date) => date.toISOString());
  const search = fc.record<EventsSearch>({
    names: fc.uniqueArray(text, { maxLength: 4 }),
    resource: fc.option(text),
    text: fc.option(text),
    range: fc.oneof(
      fc.record({ last: fc.constantFrom("1h" as const, "24h" as const, "7d" as const) }),
      fc.record({ from: moment, to: fc.option(moment) }),
    ),
    oldestFirst: fc.boolean(),
    after: fc.option(text),
  });

  it("gives back every search that it was made from", () => {
    fc.assert(
      fc.property(search, (given) => {
        const { searchParams } = new URL(eventsHref(given), "http://here");
        const params = Object.fromEntries(
          [...searchParams.keys()].map((key) => [key, searchParams.getAll(key)]),
        );
        expect(readEventsSearch(params)).toEqual(given);
      }),
    );
  });

  it("shows the last 24 hours of everything where it says nothing, and leaves out what makes no sense", () => {
    expect(eventsHref(all)).toBe("/events");
    expect(readEventsSearch({ range: "soon", from: "yesterday", event: " ", order: "up" })).toEqual(all);
    expect(eventsFilter(all, now)).toEqual({ occurredAfter: "2026-01-07T00:00:00.000Z" });
  });

  it("asks the API for what it says", () => {
    const search = readEventsSearch({
      event: ["order.*", "x"],
      resource: "order.*",
      q: "umbrella",
      from: "2026-01-02T00:00:00+01:00",
    });
    expect(eventsFilter(search, now)).toEqual({
      events: ["order.*", "x"],
      resource: { "prefect.resource.id": "order.*" },
      text: "umbrella",
      occurredAfter: "2026-01-01T23:00:00.000Z",
    });
  });
});

it("only the newest events of a time that goes on are live", () => {
  expect(isLive(all, now)).toBe(true);
  expect(isLive({ ...all, after: "12" }, now)).toBe(false);
  expect(isLive({ ...all, oldestFirst: true }, now)).toBe(false);
  expect(isLive({ ...all, range: { from: "2026-01-01T00:00:00.000Z", to: null } }, now)).toBe(true);
  expect(isLive({ ...all, range: { from: null, to: "2026-01-07T00:00:00.000Z" } }, now)).toBe(false);
});

describe("a resource", () => {
  const id = "0198c0de-0000-7000-8000-0000000000ab";

  it.each([
    [`prefect.flow-run.${id}`, "run", `/runs/${id}`],
    [`prefect.automation.${id}`, "automation", `/automations/${id}`],
    [`prefect.event.${id}`, "event", `/events/${id}`],
    [`prefect.deployment.${id}`, "deployment", `/deployments/${id}`],
    ["prefect.tag.a/b", "tag", "/events?resource=prefect.tag.a%2Fb&range=7d"],
    ["order.1&2", null, "/events?resource=order.1%262&range=7d"],
    ["prefect.flow-run./../x", "run", "/runs/%2F..%2Fx"],
  ])("%s leads to its page, or to its events", (resource, kind, href) => {
    expect(shownResource(resource)).toEqual({ kind, href });
  });

  it("is called by its name, else by what of its id tells it apart", () => {
    const labels = { "prefect.resource.id": `prefect.flow-run.${id}` };
    expect(resourceName({ ...labels, "prefect.resource.name": "daft-owl" })).toBe("daft-owl");
    expect(resourceName(labels)).toBe("…000000ab");
    expect(resourceName({ "prefect.resource.id": "order.17" })).toBe("order.17");
  });
});
