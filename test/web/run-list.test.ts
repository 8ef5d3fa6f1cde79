import { describe, expect, it } from "vitest";
import { withChanges } from "../../web/app/runs/run-list.ts";
import { readRunsSearch, runsFilter, runsHref, upcomingBeside } from "../../web/app/runs/search-params.ts";
import type { RunRowFragment } from "../../web/gql/graphql.ts";

const all = readRunsSearch({});
const run = (id: string, minute: number, part: Partial<RunRowFragment> = {}): RunRowFragment => ({
  id,
  name: id,
  flow: { name: "greeter" },
  deployment: null,
  state: { type: "RUNNING", name: "Running", message: null, timestamp: "2026-01-01T00:00:00.000Z" },
  pause: null,
  awaitedInput: null,
  tags: [],
  upcoming: false,
  createdAt: `2026-01-01T00:0${minute}:00.000Z`,
  expectedStart: null,
  startedAt: null,
  endedAt: null,
  totalRunTime: 0,
  updatedAt: "2026-01-01T00:00:00.000Z",
  ...part,
});
const ids = (runs: readonly RunRowFragment[]) => runs.map(({ id }) => id);

describe("the address of the list", () => {
  it("gives back the search that it was made from", () => {
    const search = {
      states: ["RUNNING" as const, "PAUSED" as const],
      flow: "a b",
      deployment: "0198c0de-0000-7000-8000-000000000000",
      waiting: true,
      upcoming: false,
      name: "x&y",
      after: "12",
    };
    const params = Object.fromEntries(new URL(runsHref(search), "http://here").searchParams);
    expect(readRunsSearch(params)).toEqual(search);
    expect(runsHref(all)).toBe("/runs");
    expect(readRunsSearch({ upcoming: "1" })).toEqual({ ...all, upcoming: true });
    expect(runsHref({ ...all, upcoming: true })).toBe("/runs?upcoming=1");
  });

  it("leaves out what makes no sense", () => {
    expect(
      readRunsSearch({
        state: "running,nonsense",
        deployment: "none",
        waiting: "yes",
        name: "  ",
        flow: ["a", "b"],
      }),
    ).toEqual({
      states: ["RUNNING"],
      flow: "b",
      deployment: null,
      waiting: false,
      upcoming: false,
      name: null,
      after: null,
    });
    expect(runsFilter(readRunsSearch({ waiting: "1", state: "failed" }))).toEqual({
      awaitingInput: true,
      stateTypes: ["FAILED"],
      upcoming: false,
    });
  });

  it("leaves out upcoming runs, but where they, or scheduled ones, are asked for", () => {
    expect(runsFilter(all)).toEqual({ upcoming: false });
    expect(runsFilter({ ...all, upcoming: true })).toEqual({ upcoming: true });
    expect(runsFilter({ ...all, states: ["FAILED", "SCHEDULED"] })).toEqual({
      stateTypes: ["FAILED", "SCHEDULED"],
    });
    expect(runsFilter(upcomingBeside({ ...all, flow: "a", states: ["FAILED"], after: "12" }))).toEqual({
      flowNames: ["a"],
      upcoming: true,
    });
  });
});

describe("the live list", () => {
  const list = [run("b", 2), run("a", 1)];

  it("puts new runs on top and brings known ones up to date", () => {
    const changed = run("a", 1, { name: "renamed", updatedAt: "2026-01-01T00:00:01.000Z" });
    const next = withChanges(list, [run("c", 3), changed], all);
    expect(ids(next)).toEqual(["c", "b", "a"]);
    expect(next[2]?.name).toBe("renamed");
  });

  it("lets go of runs that no longer fit", () => {
    const ended = run("a", 1, {
      state: { type: "COMPLETED", name: "Completed", message: null, timestamp: "2026-01-01T00:00:02.000Z" },
    });
    expect(ids(withChanges(list, [ended], { ...all, states: ["RUNNING"] }))).toEqual(["b"]);
    expect(ids(withChanges(list, [run("c", 3)], { ...all, waiting: true }))).toEqual(["b", "a"]);
  });

  it("takes upcoming runs in only where they are asked for, and lets them go when their time has come", () => {
    const ahead = run("c", 3, { upcoming: true });
    expect(ids(withChanges(list, [ahead], all))).toEqual(["b", "a"]);
    expect(ids(withChanges(list, [ahead], { ...all, states: ["RUNNING", "SCHEDULED"] }))).toContain("c");
    expect(ids(withChanges([ahead], [run("c", 3)], { ...all, upcoming: true }))).toEqual([]);
    expect(ids(withChanges(list, [run("c", 3)], all))).toEqual(["c", "b", "a"]);
  });

  it("keeps upcoming runs in the order in which they are due", () => {
    const due = (id: string, minute: number, hour: number) =>
      run(id, minute, { upcoming: true, expectedStart: `2026-01-01T0${hour}:00:00.000Z` });
    const ahead = [due("soon", 1, 1), due("late", 3, 3)];
    const search = { ...all, upcoming: true };
    expect(ids(withChanges(ahead, [], search))).toEqual(["soon", "late"]);
    expect(ids(withChanges(ahead, [due("between", 4, 2)], search))).toEqual(["soon", "between", "late"]);
  });

  it("never goes back to an older reading of a run", () => {
    const newer = [run("a", 1, { name: "new", updatedAt: "2026-01-01T00:00:05.000Z" })];
    expect(withChanges(newer, [run("a", 1, { name: "old" })], all)[0]?.name).toBe("new");
  });

  it("adds nothing to an older page", () => {
    expect(ids(withChanges(list, [run("c", 3)], { ...all, after: "12" }))).toEqual(["b", "a"]);
  });
});
