import type { ActionRunPartsFragment } from "../../gql/graphql.ts";
import { newestFirings } from "../firing/list.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { rowsText } from "../text/table.ts";
import { timeText } from "../text/time.ts";
import { actionRunColumns } from "./columns.ts";

interface ListOptions {
  automation?: string;
  status?: string;
  limit: string;
  output?: Format;
}

/** `antiphon action-run ls` */
export async function list(options: ListOptions): Promise<void> {
  const firings = await newestFirings(options);
  const runs: Row[] = firings.flatMap(({ actionRuns, automation, id }) =>
    actionRuns.map((one) => ({ ...one, automation, firing: { id } })),
  );
  const wanted = runs.filter(({ status }) => !options.status || status === options.status.toUpperCase());
  if (options.output) process.stdout.write(documentText(wanted, options.output));
  else if (wanted.length === 0) console.log("There are no such action runs.");
  else {
    const when = { title: "CHANGED", of: ({ updatedAt }: Row) => timeText(updatedAt) };
    const whose = { title: "AUTOMATION", of: ({ automation }: Row) => automation.name };
    console.log(rowsText([when, whose, ...actionRunColumns], wanted, terminalWidth()));
  }
}

type Row = ActionRunPartsFragment & { automation: { id: string; name: string }; firing: { id: string } };
