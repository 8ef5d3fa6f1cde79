import { type SchedulePartsFragment, SetScheduleActiveDocument } from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { type Column, rowsText } from "../text/table.ts";
import { timeText } from "../text/time.ts";
import { type FoundDeployment, findDeployment } from "./find.ts";
import { scheduleText } from "./schedule-text.ts";

interface Output {
  output?: Format;
}

/** `antiphon deployment schedule ls` */
export async function listSchedules(given: string, { output }: Output): Promise<void> {
  const { schedules, fullName } = await findDeployment(given);
  if (output) process.stdout.write(documentText(schedules, output));
  else if (schedules.length === 0) console.log(`${plain(fullName)} has no schedules.`);
  else console.log(rowsText(columns, schedules, terminalWidth()));
}

const columns: Column<SchedulePartsFragment>[] = [
  { title: "SCHEDULE", of: scheduleText },
  { title: "ACTIVE", of: ({ active }) => (active ? "yes" : "no") },
  {
    title: "NEXT",
    of: ({ active, nextTimes: [next] }) => (active && next !== undefined ? timeText(next) : ""),
  },
  { title: "ID", of: ({ id }) => id, style: () => "dim" },
];

/** `antiphon deployment schedule pause` and `antiphon deployment schedule resume`: one, or all of the deployment. */
export async function setSchedulesActive(
  given: string,
  schedule: string | undefined,
  { all, output }: Output & { all?: boolean },
  active: boolean,
): Promise<void> {
  const deployment = await findDeployment(given);
  const done: SchedulePartsFragment[] = [];
  for (const { id } of meant(deployment, schedule, all ?? false)) {
    const { setScheduleActive: result } = await request(SetScheduleActiveDocument, { id, active });
    if (result.__typename !== "Schedule") throw new Failure(result.message);
    done.push(result);
    if (!output)
      console.log(
        `${plain(deployment.fullName)}: ${plain(scheduleText(result))} ${active ? "is active" : "is paused"}.`,
      );
  }
  if (output) process.stdout.write(documentText(done, output));
}

/** By its id, or the only one where none is named. */
function meant(
  { schedules, fullName }: FoundDeployment,
  given: string | undefined,
  all: boolean,
): SchedulePartsFragment[] {
  if (all && given !== undefined) throw new UsageError(`give the schedule ${given} or --all, not both`);
  if (all) return schedules;
  const [only, ...more] =
    given === undefined ? schedules : schedules.filter(({ id }) => id === given.toLowerCase());
  if (only !== undefined && more.length === 0) return [only];
  const lines = schedules.map((one) => `\n  ${one.id}  ${scheduleText(one)}`).join("");
  if (schedules.length === 0) throw new Failure(`${fullName} has no schedules`);
  if (given !== undefined) throw new Failure(`${fullName} has no schedule ${given}; it has${lines}`);
  throw new UsageError(`${fullName} has ${schedules.length} schedules: give the id of one, or --all${lines}`);
}
