import {
  type ActionRunPartsFragment,
  type ActionRunStatus,
  ListActionRunsDocument,
  type ListActionRunsQuery,
} from "../../gql/graphql.ts";
import { automationIdOf } from "../firing/list.ts";
import { readCount } from "../read-count.ts";
import { request } from "../request.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { rowsText } from "../text/table.ts";
import { timeText } from "../text/time.ts";
import { actionRunColumns } from "./columns.ts";

interface ListOptions {
  automation?: string;
  status?: string;
  discarded?: boolean;
  limit: string;
  output?: Format;
}

/** `antiphon action-run ls` */
export async function list(options: ListOptions): Promise<void> {
  const rows = await newest(options);
  if (options.output) process.stdout.write(documentText(rows, options.output));
  else if (rows.length === 0) console.log("There are no such action runs.");
  else {
    const when = { title: "CHANGED", of: ({ updatedAt }: Row) => timeText(updatedAt) };
    const whose = { title: "AUTOMATION", of: ({ automation }: Row) => automation.name };
    console.log(rowsText([when, whose, ...actionRunColumns], rows, terminalWidth()));
  }
}

type Row = ActionRunPartsFragment & { automation: { id: string; name: string }; firing: { id: string } };

async function newest({ automation, status, discarded = false, limit }: ListOptions): Promise<Row[]> {
  const most = readCount("--limit", limit) ?? 200;
  const automationId = await automationIdOf(automation);
  // The choices of the option are these words in lower case.
  const wanted = status === undefined ? null : [status.toUpperCase() as ActionRunStatus];
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const first = Math.min(most - rows.length, 500);
    const variables = { automationId, status: wanted, discarded, first, after };
    const page: ListActionRunsQuery = await request(ListActionRunsDocument, variables);
    for (const { firing, ...run } of page.actionRuns.nodes)
      rows.push({ ...run, automation: firing.automation, firing: { id: firing.id } });
    after = page.actionRuns.pageInfo.hasNextPage ? (page.actionRuns.pageInfo.endCursor ?? null) : null;
  } while (after !== null && rows.length < most);
  return rows;
}
