import {
  FollowLogsDocument,
  type LogLineFragment,
  RunLogsDocument,
  type RunLogsQuery,
} from "../../gql/graphql.ts";
import { UsageError } from "../failure.ts";
import { endOnSignal, followUntil } from "../follow-until.ts";
import { readCount } from "../read-count.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { type Style, styled } from "../text/style.ts";
import { clockText } from "../text/time.ts";
import { findRun } from "./find-run.ts";
import { untilEnded } from "./until-ended.ts";

interface LogsOptions {
  follow?: boolean;
  last?: string;
  level?: string;
  output?: "json";
}

const levels: Record<string, number> = { debug: 10, info: 20, warn: 30, error: 40 };

/** `antiphon run logs`: with `-f` it goes on until the run has ended. */
export async function logs(given: string, options: LogsOptions): Promise<void> {
  const last = readCount("--last", options.last);
  const level = levelOf(options.level);
  const { id } = await findRun(given);
  const print = (line: LogLineFragment) => {
    if (line.level < level) return;
    console.log(options.output === "json" ? JSON.stringify(line) : lineText(line));
  };
  if (options.follow) endOnSignal(0);
  let after = await stored(id, last, print);
  if (!options.follow) return;
  await followUntil(
    FollowLogsDocument,
    { id, after },
    {
      until: untilEnded(id),
      goOn: ({ logs: { cursor } }) => ({ after: cursor }),
      next({ logs: line }) {
        print(line);
        after = line.cursor;
        return false;
      },
    },
  );
  // What was written right before the end may not have come by the stream yet.
  await stored(id, null, print, after);
}

/** Prints what is stored behind `after`, or the last so many lines. @returns where the log ends */
async function stored(
  id: string,
  last: number | null,
  print: (line: LogLineFragment) => void,
  after: string | null = null,
): Promise<string | null> {
  if (last !== null && last <= 500) {
    const { flowRun } = await request(RunLogsDocument, { id, last });
    for (const line of flowRun?.logs.nodes ?? []) print(line);
    return flowRun?.logs.pageInfo.endCursor ?? null;
  }
  const kept: LogLineFragment[] = [];
  for (;;) {
    const { flowRun }: RunLogsQuery = await request(RunLogsDocument, { id, first: 500, after });
    const { nodes = [], pageInfo = null } = flowRun?.logs ?? {};
    if (last === null) for (const line of nodes) print(line);
    else kept.splice(0, Math.max(0, kept.push(...nodes) - last));
    after = pageInfo?.endCursor ?? after;
    if (!pageInfo?.hasNextPage) break;
  }
  for (const line of kept) print(line);
  return after;
}

function levelOf(given: string | undefined): number {
  if (given === undefined) return 0;
  const level = levels[given.toLowerCase()];
  if (level !== undefined) return level;
  throw new UsageError(`--level ${JSON.stringify(given)} is none of ${Object.keys(levels).join(", ")}`);
}

function lineText({ timestamp, level, loggerName, message }: LogLineFragment): string {
  const [name, style] = levelText(level);
  const head = `${styled("dim", clockText(timestamp))}  ${styled(style, name.padEnd(5))}  `;
  const text = message
    .split("\n")
    .map(plain)
    .join(`\n${" ".repeat(17)}`);
  return `${head}${styled("dim", plain(loggerName))}  ${text}`;
}

function levelText(level: number): [string, Style | null] {
  if (level >= 40) return ["ERROR", "red"];
  if (level >= 30) return ["WARN", "yellow"];
  return level >= 20 ? ["INFO", null] : ["DEBUG", "dim"];
}
