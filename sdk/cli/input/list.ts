import {
  type InputPartsFragment,
  ListInputsDocument,
  type ListInputsQuery,
  type RunInputKind,
} from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { findRun } from "../run/find-run.ts";
import { cut } from "../text/plain.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { type Column, rowsText } from "../text/table.ts";
import { timeText } from "../text/time.ts";

export interface Narrowed {
  type?: string;
  prefix?: string;
  kind?: "message" | "answer";
}

/** `antiphon input ls` */
export async function list(given: string, options: Narrowed & { output?: Format }): Promise<void> {
  const { id } = await findRun(given);
  const inputs: InputPartsFragment[] = [];
  let after: string | null = null;
  do {
    const { flowRun }: ListInputsQuery = await request(ListInputsDocument, { id, after, ...which(options) });
    inputs.push(...(flowRun?.inputs.nodes ?? []));
    after = flowRun?.inputs.pageInfo.hasNextPage ? (flowRun.inputs.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  if (options.output) process.stdout.write(documentText(inputs, options.output));
  else if (inputs.length === 0) console.log("There are no such inputs.");
  else console.log(rowsText(columns, inputs, terminalWidth()));
}

/** Which inputs are wanted, as the API takes it. */
export function which({ type, prefix, kind }: Narrowed): {
  inputType: string | null;
  keyPrefix: string | null;
  kind: RunInputKind | null;
} {
  const kinds = { message: "MESSAGE", answer: "ANSWER" } as const;
  return { inputType: type ?? null, keyPrefix: prefix ?? null, kind: kind ? kinds[kind] : null };
}

const columns: readonly Column<InputPartsFragment>[] = [
  { title: "#", of: ({ seq }) => String(seq) },
  { title: "KIND", of: ({ kind }) => kind.toLowerCase() },
  { title: "TYPE", of: ({ inputType, keyPrefix }) => keyPrefix ?? inputType },
  { title: "VALUE", of: ({ value }) => cut(JSON.stringify(value), 60) },
  { title: "FROM", of: ({ sender, submittedBy }) => sender ?? submittedBy ?? "" },
  { title: "STATUS", of: ({ status }) => status.toLowerCase() },
  { title: "CREATED", of: ({ createdAt }) => timeText(createdAt) },
  { title: "ID", of: ({ id }) => id, style: () => "dim" },
];
