import {
  FollowWaitingDocument,
  ListWaitingDocument,
  type ListWaitingQuery,
  type WaitingRunFragment,
} from "../../gql/graphql.ts";
import { UsageError } from "../failure.ts";
import { followUntil } from "../follow-until.ts";
import { request } from "../request.ts";
import { whose } from "../run/run-text.ts";
import { unmarked } from "../text/markdown.ts";
import { cut, plain } from "../text/plain.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { styled } from "../text/style.ts";
import { type Column, rowsText } from "../text/table.ts";
import { clockText, timeText } from "../text/time.ts";

interface WaitingOptions {
  flow?: string[];
  tag?: string[];
  follow?: boolean;
  output?: Format;
}

/** `antiphon waiting` */
export async function waiting(options: WaitingOptions): Promise<void> {
  if (options.follow) return follow(options);
  const runs = await all(options);
  if (options.output) process.stdout.write(documentText(runs, options.output));
  else if (runs.length === 0) console.log("No run waits for an input.");
  else console.log(rowsText(columns, runs, terminalWidth()));
}

const columns: readonly Column<WaitingRunFragment>[] = [
  { title: "NAME", of: ({ name }) => name },
  { title: "OF", of: whose },
  { title: "ASKS FOR", of: asks },
  { title: "SINCE", of: ({ awaitedInput }) => (awaitedInput ? timeText(awaitedInput.requestedAt) : "") },
  {
    title: "UNTIL",
    of: ({ awaitedInput }) => (awaitedInput?.expiresAt ? timeText(awaitedInput.expiresAt) : ""),
  },
  { title: "ID", of: ({ id }) => id, style: () => "dim" },
];

/** The first line of what the question says, else the name of its type. */
function asks({ awaitedInput }: WaitingRunFragment): string {
  const said = awaitedInput?.description?.split("\n").find((line) => /\w/.test(line));
  return cut(said === undefined ? (awaitedInput?.inputType ?? "") : unmarked(said), 40);
}

async function all({ flow, tag }: WaitingOptions): Promise<WaitingRunFragment[]> {
  const filter = { awaitingInput: true, ...(flow && { flowNames: flow }), ...(tag && { tags: tag }) };
  const found: WaitingRunFragment[] = [];
  let after: string | null = null;
  do {
    const { flowRuns }: ListWaitingQuery = await request(ListWaitingDocument, { filter, after });
    found.push(...flowRuns.nodes);
    after = flowRuns.pageInfo.hasNextPage ? (flowRuns.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  const since = (run: WaitingRunFragment) => Date.parse(run.awaitedInput?.requestedAt ?? "");
  return found.sort((a, b) => since(a) - since(b));
}

async function follow({ flow, tag, output }: WaitingOptions): Promise<void> {
  if (output === "yaml") throw new UsageError("with --follow the output is lines of JSON: -o json");
  const known = new Map<string, string | null>();
  await followUntil(
    FollowWaitingDocument,
    { flowNames: flow ?? null, tags: tag ?? null },
    {
      next({ inputRequested: run }) {
        const key = run.awaitedInput?.key ?? null;
        // After a lost connection it begins with all of them again.
        if (known.get(run.id) === key) return false;
        known.set(run.id, key);
        console.log(output ? JSON.stringify(run) : lineText(run));
        return false;
      },
    },
  );
}

function lineText(run: WaitingRunFragment): string {
  const what = run.awaitedInput
    ? `asks for ${asks(run)}: antiphon resume ${run.id}`
    : `waits no longer: it is ${run.state.name}`;
  const when = clockText(run.awaitedInput?.requestedAt ?? run.state.timestamp);
  return `${styled("dim", when)}  ${plain(`${run.name} (${whose(run)}) ${what}`)}`;
}
