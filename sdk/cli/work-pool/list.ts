import {
  ListWorkPoolsDocument,
  type ListWorkPoolsQuery,
  type WorkPoolRowFragment,
} from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import type { Style } from "../text/style.ts";
import { type Column, rowsText } from "../text/table.ts";

type Row = ListWorkPoolsQuery["workPools"][number];

/** `antiphon work-pool ls` */
export async function list({ output }: { output?: Format }): Promise<void> {
  const { workPools } = await request(ListWorkPoolsDocument, {});
  if (output) process.stdout.write(documentText(workPools, output));
  else if (workPools.length > 0) console.log(rowsText(columns, workPools, terminalWidth()));
  else
    console.log(
      "There are no work pools yet: `antiphon work-pool create NAME` makes one, and so does a worker.",
    );
}

const columns: Column<Row>[] = [
  { title: "NAME", of: ({ name }) => name },
  { title: "TYPE", of: ({ type }) => type },
  { title: "STATUS", of: statusText, style: statusStyle },
  { title: "LIMIT", of: ({ concurrencyLimit }) => limitText(concurrencyLimit) },
  { title: "QUEUES", of: ({ queues }) => queues.map(({ name }) => name).join(", ") },
  { title: "ID", of: ({ id }) => id, style: () => "dim" },
];

type Status = Pick<WorkPoolRowFragment, "status">;

/** Whether runs would be started. */
export function statusText({ status }: Status): string {
  return { READY: "ready", NOT_READY: "not ready", PAUSED: "paused" }[status];
}

export function statusStyle({ status }: Status): Style {
  const styles = { READY: "green", NOT_READY: "dim", PAUSED: "yellow" } as const;
  return styles[status];
}

export function limitText(limit: number | null | undefined): string {
  return limit == null ? "none" : String(limit);
}
