import { factsText } from "../text/facts.ts";
import { documentText, type Format } from "../text/print.ts";
import { timeText } from "../text/time.ts";
import { type FoundDeployment, findDeployment } from "./find.ts";
import { poolText, statusText } from "./list.ts";
import { scheduleText } from "./schedule-text.ts";

/** `antiphon deployment inspect` */
export async function inspect(given: string, { output }: { output?: Format }): Promise<void> {
  const found = await findDeployment(given);
  process.stdout.write(output ? documentText(found, output) : `${factsText(factsOf(found))}\n`);
}

function factsOf(one: FoundDeployment): [string, string | null][] {
  const limit = one.concurrencyLimit;
  return [
    ["Name", one.fullName],
    ["Id", one.id],
    ["Description", one.description],
    ["Version", one.version],
    ["Status", statusText(one)],
    ["Tags", one.tags.join(", ") || null],
    ["Entry point", one.entrypoint && `${one.entrypoint}${one.path ? ` in ${one.path}` : ""}`],
    ["Work pool", poolText(one) || null],
    ["Job variables", jsonText(one.jobVariables)],
    ["Parameters", jsonText(one.parameters)],
    ["Schema", one.enforceParameterSchema ? null : "not enforced"],
    [
      "Runs at once",
      limit === null
        ? null
        : `${limit}, then ${one.collisionStrategy === "ENQUEUE" ? "they wait" : "they are cancelled"}`,
    ],
    ["Schedules", one.schedules.map(scheduleLine).join("\n") || null],
    [
      "Triggers",
      one.automations
        .filter(({ ownerResource }) => ownerResource === `prefect.deployment.${one.id}`)
        .map(({ name, enabled }) => (enabled ? name : `${name} (paused)`))
        .join("\n") || null,
    ],
    ["Created", timeText(one.createdAt)],
    ["Updated", timeText(one.updatedAt)],
  ];
}

function scheduleLine(schedule: FoundDeployment["schedules"][number]): string {
  if (!schedule.active) return `${scheduleText(schedule)} (paused)`;
  const [next] = schedule.nextTimes;
  return next === undefined
    ? `${scheduleText(schedule)}, never again`
    : `${scheduleText(schedule)}, next ${timeText(next)}`;
}

/** Null where there is nothing to be seen. */
function jsonText(value: unknown): string | null {
  const text = JSON.stringify(value ?? null, null, 2);
  return text === "null" || text === "{}" ? null : text;
}
