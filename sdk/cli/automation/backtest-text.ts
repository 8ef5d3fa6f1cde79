import type { BacktestPartsFragment } from "../../gql/graphql.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { type Column, rowsText } from "../text/table.ts";
import { timeText } from "../text/time.ts";
import { targetNames } from "./target-names.ts";
import { actionsText } from "./words.ts";

export type Backtested = Extract<BacktestPartsFragment, { __typename: "Backtest" }>;
type Fired = Backtested["firings"][number];

/** Tells what an automation would have done, for people or for programs. */
export async function tellBacktest(
  name: string,
  { __typename, ...result }: Backtested,
  document: Record<string, unknown>,
  output: Format | undefined,
): Promise<void> {
  if (output) return void process.stdout.write(documentText(result, output));
  const { firings, evaluatedEvents, matchedEvents } = result;
  if (firings.length > 0) console.log(`${rowsText(columns, firings, terminalWidth())}\n`);
  const times = firings.length === 0 ? "not have fired" : `have fired ${counted(firings.length, "time")}`;
  const of = `${counted(evaluatedEvents, "event")}, of which ${matchedEvents} concern it`;
  console.log(`${plain(name)} would ${times} over ${of}.`);
  if (firings.length > 0)
    console.log(`Each time it would ${plain(actionsText(document, await targetNames()))}.`);
}

const columns: readonly Column<Fired>[] = [
  { title: "FIRES", of: ({ triggered }) => timeText(triggered) },
  { title: "STATE", of: ({ state }) => state.toLowerCase() },
  { title: "FOR", of: ({ triggeringLabels }) => Object.values(triggeringLabels).join(", ") },
  { title: "BECAUSE OF", of: because },
  { title: "COUNTED", of: ({ countedEventIds }) => String(countedEventIds.length) },
];

function because({ triggeringEventIndex, triggeringEventId }: Fired): string {
  if (triggeringEventIndex !== null) return `event ${triggeringEventIndex + 1}`;
  return triggeringEventId ?? "the clock";
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
