import type { Fields } from "../../core/document/fields.ts";
import type { Reading } from "../../core/document/reading.ts";
import { InvalidInputError } from "../../core/error.ts";
import { parseSchedule, parseSchedules } from "../../core/schedule/parse.ts";
import type { ScheduleDefinition } from "../../core/schedule/schedule.ts";
import { present } from "./present.ts";

/** What `schedules`, a list, or `schedule`, one, say. */
export function readSchedules(reading: Reading, fields: Fields | null): ScheduleDefinition[] {
  const [list, one] = [present(fields, "schedules"), present(fields, "schedule")];
  if (list !== null && one !== null)
    reading.refuse(one.path, "is given besides schedules: put it into that list");
  try {
    if (list !== null) return parseSchedules(list.value, { path: list.path });
    return one === null ? [] : [parseSchedule(one.value, { path: one.path })];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    reading.issues.push(...error.issues);
    return [];
  }
}
