import { describe, expect, test } from "vitest";
import { at, fires, firingsOf, instant, type Told } from "./support/tell.ts";

const metric = (name: string, operator: string, threshold: number, rest: object = {}) => ({
  type: "metric",
  match: { "prefect.resource.id": "prefect.flow-run.*" },
  metric: { name, operator, threshold, range: 600, firing_for: 300, ...rest },
});

/** `Running r1 100`: run r1 became Running at 100. */
function tell(...states: string[]): Told[] {
  return states.map((text) => {
    const [state, run, time] = text.split(" ");
    return at(Number(time), `prefect.flow-run.${state}`, { of: `prefect.flow-run.${run}` });
  });
}

describe("triggers 9: successes", () => {
  const poor = metric("successes", "<", 0.9);

  test("a rate that stays too low for `firing_for` fires then, by the clock, with the rate", () => {
    const [firing, ...others] = firingsOf(poor, tell("Pending r1 0", "Pending r2 0", "Failed r2 100"), 500);
    expect(firing).toMatchObject({
      state: "Triggered",
      time: instant(400),
      firedAt: instant(400),
      metricValue: 0.5,
      triggeringEventId: "#2",
      cause: { kind: "clock", end: instant(400), key: [], path: [] },
    });
    expect(others).toEqual([]);
  });

  test("one that recovers in time does not", () => {
    const story = tell("Pending r1 0", "Failed r1 100", "Running r1 399");
    expect(fires(poor, story, 1000)).toEqual([]);
  });

  test("a run that failed and succeeds when it is run again is a success", () => {
    const story = tell(
      "Pending r1 0",
      "Failed r1 100",
      "Pending r1 150",
      "Running r1 160",
      "Completed r1 200",
    );
    expect(fires(poor, story, 1000)).toEqual([]);
  });

  test("the latest state counts by when it was come to, not by its arrival", () => {
    const events = [
      ...tell("Pending r1 0", "Failed r1 100"),
      at(50, "prefect.flow-run.Running", { of: "prefect.flow-run.r1", received: 120 }),
    ];
    expect(fires(poor, events, 500)).toEqual(["400 by the clock"]);
  });

  test("is well again when the runs have left the range, since no data is no breach, and resolves when that has lasted", () => {
    // r1 leaves the range of 600 s at 600; from then on it is well, and that has lasted at 900.
    expect(fires(poor, tell("Pending r1 0", "Failed r1 100"), 2000)).toEqual([
      "400 by the clock",
      "900 by the clock resolved",
    ]);
  });

  test("fires again only after it has resolved", () => {
    const story = tell("Pending r1 0", "Failed r1 100", "Pending r2 450", "Failed r2 500");
    // r2 leaves at 1050.
    expect(fires(poor, story, 2000)).toEqual(["400 by the clock", "1350 by the clock resolved"]);
  });

  test("a run that became Pending before the range does not count, however it goes", () => {
    expect(fires(poor, tell("Pending r1 0", "Failed r1 650"), 2000)).toEqual([]);
  });

  test("a breach that ends at the instant at which it has lasted has lasted", () => {
    // Failed at 300; the run leaves the range at 600.
    expect(fires(poor, tell("Pending r1 0", "Failed r1 300"), 2000)).toEqual([
      "600 by the clock",
      "900 by the clock resolved",
    ]);
    expect(fires(poor, tell("Pending r1 0", "Failed r1 300.001"), 2000)).toEqual([]);
  });

  test("a state under a name of its own counts as what its type says", () => {
    const named = (name: string, type: string, seconds: number) =>
      at(seconds, `prefect.flow-run.${name}`, {
        of: "prefect.flow-run.r1",
        labels: { "prefect.state-type": type },
      });
    expect(fires(poor, [...tell("Pending r1 0"), named("Rejected", "FAILED", 10)], 400)).toEqual([
      "310 by the clock",
    ]);
    const slow = metric("duration", ">", 60);
    const spoken = [named("Retrying", "RUNNING", 0), named("Nothing new", "COMPLETED", 100)];
    expect(fires(slow, spoken, 500)).toEqual(["400 by the clock"]);
  });

  test("looks at run state events that pass its filters only", () => {
    const other = at(100, "prefect.flow-run.Failed", { of: "something.else" });
    const heartbeat = at(100, "prefect.flow-run.heartbeat.x", { of: "prefect.flow-run.r1" });
    expect(fires(poor, [...tell("Pending r1 0"), other, heartbeat], 1000)).toEqual([]);
  });
});

describe("triggers 9: duration", () => {
  const slow = metric("duration", ">", 60);

  test("is the mean time from Running to the end, of runs that ended in the range", () => {
    const story = tell("Running r1 0", "Running r2 0", "Completed r1 20", "Cancelled r2 120");
    expect(firingsOf(slow, story, 500)[0]).toMatchObject({ time: instant(420), metricValue: 70 });
  });

  test("counts a run from its latest Running", () => {
    const story = tell("Running r1 0", "Failed r1 10", "Running r1 1000", "Completed r1 1010");
    expect(fires(slow, story, 3000)).toEqual([]);
  });

  test("takes a run that goes on at the instant at which it ended for begun anew", () => {
    const never = metric("duration", "<=", 0);
    expect(fires(never, tell("Failed r1 100", "Running r1 100", "Completed r1 150"), 1000)).toEqual([]);
  });

  test("takes a beginning that comes to be known behind the end", () => {
    const begun = at(0, "prefect.flow-run.Running", { of: "prefect.flow-run.r1", received: 101 });
    expect(fires(slow, [...tell("Completed r1 100"), begun], 500)).toEqual(["401 by the clock"]);
  });

  test("of a run that does not end says nothing", () => {
    expect(fires(slow, tell("Running r1 0"), 100_000)).toEqual([]);
  });
});

describe("triggers 9: lateness", () => {
  const late = metric("lateness", ">=", 30);

  test("is the mean time from Late to Running or Crashed", () => {
    expect(fires(late, tell("Late r1 0", "Running r1 30"), 400)).toEqual(["330 by the clock"]);
    expect(fires(late, tell("Late r1 0", "Crashed r1 40"), 400)).toEqual(["340 by the clock"]);
    expect(fires(late, tell("Late r1 0", "Running r1 29"), 2000)).toEqual([]);
    expect(fires(late, tell("Late r1 0", "Cancelled r1 40"), 2000)).toEqual([]);
  });

  test("ends with the first of these states", () => {
    expect(fires(late, tell("Late r1 0", "Running r1 10", "Crashed r1 100"), 2000)).toEqual([]);
  });
});

describe("triggers 9: operators", () => {
  test.each([
    ["<", 30, []],
    ["<=", 30, ["330 by the clock"]],
    [">", 30, []],
    [">=", 30, ["330 by the clock"]],
  ])("%s %d of 30", (operator, threshold, fired) => {
    expect(fires(metric("lateness", operator, threshold), tell("Late r1 0", "Running r1 30"), 400)).toEqual(
      fired,
    );
  });
});

describe("triggers 9: a metric in a composite", () => {
  const poor = metric("successes", "<", 0.9);

  test("is one member; that it has resolved is none of its firings", () => {
    const any = { type: "compound", require: "any", triggers: [poor, { type: "event", expect: ["never"] }] };
    expect(fires(any, tell("Pending r1 0", "Failed r1 100"), 2000)).toEqual(["400 by the clock"]);
  });
});

test("triggers 10: a metric follows the lagging clock, instant by instant also where the clock jumps", () => {
  const events = tell("Pending r1 -1000", "Failed r1 -900").map((event) => ({ ...event, received: 0 }));
  const caughtUp = at(500, "x");
  // Broken from -900, lasted at -600, out of range at -400, well for 300 s at -100: all of it passes at 500.
  const firings = firingsOf(metric("successes", "<", 0.9), [...events, caughtUp], 501);
  expect(firings.map(({ state, time, firedAt }) => [state, time, firedAt])).toEqual([
    ["Triggered", instant(-600), instant(300)],
    ["Resolved", instant(-100), instant(500)],
  ]);
});
