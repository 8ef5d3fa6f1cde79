import { itIs } from "../document/describe-value.ts";
import { Fields } from "../document/fields.ts";
import { type Dialect, type Given, Reading } from "../document/reading.ts";
import { readFlag, readJson, readSeconds, readText } from "../document/values.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { cronNumberProblem } from "./cron-numbers.ts";
import { readAnchor } from "./read-anchor.ts";
import { zoneInRule } from "./rule-text.ts";
import type { ScheduleDefinition, Timing } from "./schedule.ts";
import { timeZoneName } from "./wall-time.ts";

export interface ScheduleParseOptions {
  dialect?: Dialect;
  /** Where it stands in what was given; the issues' paths begin with it. */
  path?: readonly string[];
  /** Looks at what only those can tell who work out times; notes what is wrong. */
  look?: (reading: Reading, definition: ScheduleDefinition, path: readonly string[]) => void;
}

const timings = ["cron", "interval", "rrule"];
const known = [...timings, "anchor", "timezone", "active", "parameters", "max_late_runs", "catch_up"];
/** Fields of Prefect's deployment files that are taken where they say what holds here anyway. */
const peers: Record<string, unknown> = { day_or: true, catchup: false, slug: null, max_active_runs: null };

/**
 * Reads the list of a deployment's schedules; none where it is undefined or null.
 *
 * @throws InvalidInputError with every problem of all of them
 */
export function parseSchedules(list: unknown, options: ScheduleParseOptions = {}): ScheduleDefinition[] {
  const { dialect = "document", path = ["schedules"], look } = options;
  const reading = new Reading(dialect, "the schedules");
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) reading.refuse(path, `must be a list of schedules; ${itIs(list)}`);
  const items: unknown[] = Array.isArray(list) ? Array.from(list) : [];
  if (items.length > mostSchedules)
    reading.refuse(path, `must be at most ${mostSchedules} schedules; there are ${items.length}`);
  const schedules = items
    .slice(0, mostSchedules)
    .map((value, index) => readSchedule(reading, { value, path: [...path, String(index)] }, look));
  return reading.finish(schedules).filter((schedule) => schedule !== null);
}

/** Reads one schedule. @throws InvalidInputError with every problem of it */
export function parseSchedule(value: unknown, options: ScheduleParseOptions = {}): ScheduleDefinition {
  const { dialect = "document", path = ["schedule"], look } = options;
  const reading = new Reading(dialect, "the schedule");
  const schedule = reading.finish(readSchedule(reading, { value, path }, look));
  if (schedule === null) throw new Error("a schedule without a problem was not read");
  return schedule;
}

const mostSchedules = 100;

/** Null, with the problem noted, where it has no times. */
function readSchedule(
  reading: Reading,
  given: Given,
  look: ScheduleParseOptions["look"],
): ScheduleDefinition | null {
  const fields = Fields.of(reading, given);
  if (fields === null) return null;
  const { dialect } = reading;
  fields.only("a schedule", known, dialect === "document" ? ["anchor_date", ...Object.keys(peers)] : []);
  // Null says the same as nothing.
  const get = (name: string) => {
    const field = fields.get(name);
    return field === null || field.value === null ? null : field;
  };
  for (const [name, same] of dialect === "document" ? Object.entries(peers) : []) {
    const field = get(name);
    if (field !== null && field.value !== same)
      reading.refuse(field.path, `is taken only as ${String(same)}; ${itIs(field.value)}`);
  }
  const before = reading.issues.length;
  const timing = readTiming(reading, given.path, get);
  const isTimingGood = reading.issues.length === before;
  const timezone = readZone(reading, get("timezone"), timing);
  const anchor = get("anchor") ?? (dialect === "document" ? get("anchor_date") : null);
  if (anchor !== null && timing?.kind === "cron")
    reading.refuse(anchor.path, "is for interval and rrule; a cron expression counts from nothing");
  const rest = {
    timezone,
    anchor: anchor === null ? null : readAnchor(reading, anchor, timezone),
    active: readFlag(reading, get("active"), undefined),
    parameters: readOverlay(reading, get("parameters")),
    maxLateRuns: readCount(reading, get("max_late_runs")),
    catchUp: readFlag(reading, get("catch_up"), true),
  };
  if (timing === null) return null;
  const definition = { timing, ...rest };
  // A stand-in for a wrong time zone or anchor comes to times too.
  if (isTimingGood) look?.(reading, definition, given.path);
  return definition;
}

function readTiming(
  reading: Reading,
  path: readonly string[],
  get: (name: string) => Given | null,
): Timing | null {
  const [cron, interval, rrule] = timings.map(get);
  const given = timings.filter((name) => get(name) !== null);
  if (given.length !== 1) {
    const has = given.length === 0 ? "it has none" : `it has ${given.join(" and ")}`;
    reading.refuse(path, `must have exactly one of cron, interval and rrule; ${has}`);
    return null;
  }
  if (interval)
    return { kind: "interval", seconds: readSeconds(reading, interval, { least: 1, otherwise: 1 }) };
  if (cron) return { kind: "cron", cron: readCron(reading, cron) };
  return { kind: "rrule", rrule: readText(reading, rrule ?? null, "").trim() };
}

/** With a look at its numbers, which needs no times. */
function readCron(reading: Reading, given: Given): string {
  const cron = readText(reading, given, "").trim().replaceAll(/\s+/g, " ");
  const problem = cronNumberProblem(cron);
  if (problem !== null) reading.refuse(given.path, `is no cron expression: ${problem}`);
  return cron;
}

/** A rule's own time zone, where it names one and the schedule does not; else UTC. */
function readZone(reading: Reading, given: Given | null, timing: Timing | null): string {
  const inRule = timing?.kind === "rrule" ? zoneInRule(timing.rrule) : null;
  const name = given === null ? (inRule ?? "UTC") : readText(reading, given, "UTC");
  const zone = timeZoneName(name);
  if (zone !== null) return zone;
  const at = given?.path ?? [];
  reading.refuse(at, `must be a time zone such as Europe/Berlin or UTC; ${itIs(name)}`);
  return "UTC";
}

function readOverlay(reading: Reading, given: Given | null): JsonObject {
  const parameters = given === null ? {} : readJson(reading, given);
  if (isJsonObject(parameters)) return parameters;
  if (given !== null)
    reading.refuse(given.path, `must be an object of names and values; ${itIs(given.value)}`);
  return {};
}

function readCount(reading: Reading, given: Given | null): number | null {
  if (given === null) return null;
  const { value, path } = given;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 31) return value;
  reading.refuse(path, `must be a whole number from 0; ${itIs(value)}`);
  return null;
}
