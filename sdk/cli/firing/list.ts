import { isId } from "../../../core/id.ts";
import { type FiringRowFragment, ListFiringsDocument, type ListFiringsQuery } from "../../gql/graphql.ts";
import { find } from "../automation/find.ts";
import { readCount } from "../read-count.ts";
import { request } from "../request.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { type Column, rowsText } from "../text/table.ts";
import { timeText } from "../text/time.ts";

interface ListOptions {
  automation?: string;
  limit: string;
  output?: Format;
}

/** `antiphon firing ls` */
export async function list(options: ListOptions): Promise<void> {
  const firings = await newestFirings(options);
  if (options.output) process.stdout.write(documentText(firings, options.output));
  else if (firings.length > 0) console.log(rowsText(columns, firings, terminalWidth()));
  else console.log(options.automation === undefined ? "Nothing has fired yet." : "It has not fired yet.");
}

/** The newest firings, of one automation where one is named. */
export async function newestFirings({
  automation,
  limit,
}: Pick<ListOptions, "automation" | "limit">): Promise<FiringRowFragment[]> {
  const most = readCount("--limit", limit) ?? 50;
  const automationId = await automationIdOf(automation);
  const firings: FiringRowFragment[] = [];
  let after: string | null = null;
  do {
    const first = Math.min(most - firings.length, 500);
    const page: ListFiringsQuery = await request(ListFiringsDocument, { automationId, first, after });
    firings.push(...page.firings.nodes);
    after = page.firings.pageInfo.hasNextPage ? (page.firings.pageInfo.endCursor ?? null) : null;
  } while (after !== null && firings.length < most);
  return firings;
}

/** The id of an automation that is named by its name or its id; null where none is named. */
export async function automationIdOf(given: string | undefined): Promise<string | null> {
  if (given === undefined) return null;
  return (await (isId(given) ? find(undefined, { id: given }) : find(given, {}))).id;
}

const columns: readonly Column<FiringRowFragment>[] = [
  { title: "FIRED", of: ({ firedAt }) => timeText(firedAt) },
  { title: "AUTOMATION", of: ({ automation }) => automation.name },
  { title: "BECAUSE OF", of: because },
  {
    title: "ACTIONS",
    of: actionsOf,
    style: ({ actionRuns }) => (actionRuns.some(({ status }) => status === "FAILED") ? "red" : null),
  },
  { title: "ID", of: ({ id }) => id, style: () => "dim" },
];

/** The event that made it fire, or the clock, with what it fired for. */
export function because({ causedByClock, triggeringEvent, triggeringLabels }: FiringRowFragment): string {
  const labels = Object.values(triggeringLabels).join(", ");
  const of = labels || triggeringEvent?.resource["prefect.resource.id"];
  if (causedByClock) return of ? `time ran out for ${of}` : "time ran out";
  const what = triggeringEvent?.event ?? "an event that is gone";
  return of ? `${what} of ${of}` : what;
}

/** How its actions came out, such as `2 succeeded, 1 failed`. */
export function actionsOf({ actionRuns }: Pick<FiringRowFragment, "actionRuns">): string {
  const statuses = [...new Set(actionRuns.map(({ status }) => status))];
  return statuses
    .map((status) => `${actionRuns.filter((one) => one.status === status).length} ${status.toLowerCase()}`)
    .join(", ");
}
