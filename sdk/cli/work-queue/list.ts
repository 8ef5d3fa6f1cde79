import { ListWorkPoolsDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { factsText } from "../text/facts.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { type Column, rowsText } from "../text/table.ts";
import { timeText } from "../text/time.ts";
import { findWorkPool } from "../work-pool/find.ts";
import { limitText, statusStyle, statusText } from "../work-pool/list.ts";
import { type FoundWorkQueue, findWorkQueue, splitName } from "./find.ts";

type Row = FoundWorkQueue & { workPool: string };

/** `antiphon work-queue ls` */
export async function list(pool: string | undefined, { output }: { output?: Format }): Promise<void> {
  const names =
    pool === undefined
      ? (await request(ListWorkPoolsDocument, {})).workPools.map(({ name }) => name)
      : [pool];
  const rows: Row[] = [];
  for (const name of names) {
    const { name: workPool, queues } = await findWorkPool(name);
    rows.push(...queues.map((queue) => ({ ...queue, workPool })));
  }
  if (output) process.stdout.write(documentText(rows, output));
  else if (rows.length > 0) console.log(rowsText(columns, rows, terminalWidth()));
  else
    console.log(
      "There are no work pools yet, and so no queues: `antiphon work-pool create NAME` makes both.",
    );
}

const columns: Column<Row>[] = [
  { title: "NAME", of: ({ workPool, name }) => `${workPool}/${name}` },
  { title: "STATUS", of: statusText, style: statusStyle },
  { title: "PRIORITY", of: ({ priority }) => String(priority) },
  { title: "LIMIT", of: ({ concurrencyLimit }) => limitText(concurrencyLimit) },
  { title: "LATE", of: ({ lateRuns }) => String(lateRuns) },
  { title: "ID", of: ({ id }) => id, style: () => "dim" },
];

/** `antiphon work-queue inspect` */
export async function inspect(given: string, { output }: { output?: Format }): Promise<void> {
  const queue = await findWorkQueue(given);
  if (output) {
    process.stdout.write(documentText({ ...queue, workPool: splitName(given).pool }, output));
    return;
  }
  const facts: [string, string | null][] = [
    ["Name", given],
    ["Id", queue.id],
    ["Description", queue.description ?? null],
    ["Status", statusText(queue)],
    ["Priority", String(queue.priority)],
    ["Runs at once", limitText(queue.concurrencyLimit)],
    ["Late runs", String(queue.lateRuns)],
    ["Last asked for runs", queue.lastPolled ? timeText(queue.lastPolled) : null],
  ];
  console.log(factsText(facts));
}
