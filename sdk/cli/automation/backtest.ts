import { isPlainObject } from "../../../core/json.ts";
import { BacktestDocument, type BacktestQueryVariables } from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { withProgress } from "../progress.ts";
import { readMoment } from "../read-moment.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import type { Format } from "../text/print.ts";
import { type Backtested, tellBacktest } from "./backtest-text.ts";
import { find } from "./find.ts";
import { known } from "./known.ts";
import { oneWritten } from "./written-input.ts";

interface BacktestOptions {
  id?: string;
  file?: string;
  from: string;
  until?: string;
  output?: Format;
}

/** Milliseconds: the server gives a backtest a minute. */
const patience = 90_000;

/** `antiphon automation backtest` */
export async function backtest(given: string | undefined, options: BacktestOptions): Promise<void> {
  const { file, from, until } = options;
  const now = new Date();
  const times = {
    start: readMoment("--from", from, now).toISOString(),
    until: until === undefined ? now.toISOString() : readMoment("--until", until, now).toISOString(),
  };
  if (file !== undefined && (given !== undefined || options.id !== undefined))
    throw new UsageError("give an automation that there is, or a file with -f, not both");
  const subject = file === undefined ? await stored(given, options) : await inFile(file);
  const result = await judged({ ...times, ...subject.variables }, subject.name);
  await tellBacktest(subject.name, result, subject.document, options.output);
}

/** What a trigger would have done. It may take a minute, which is told. */
export async function judged(variables: BacktestQueryVariables, name: string): Promise<Backtested> {
  const work = request(BacktestDocument, variables, { timeout: patience });
  const { backtest: result } = await withProgress(`Judging what ${name} would have done …`, work);
  if (result.__typename === "Backtest") return result;
  throw new Failure(refusalText(`the backtest of ${name}`, result));
}

interface Subject {
  name: string;
  document: Record<string, unknown>;
  variables: Pick<BacktestQueryVariables, "automationId" | "document">;
}

async function stored(given: string | undefined, options: { id?: string }): Promise<Subject> {
  const { id, name, document } = known(await find(given, options));
  return { name, document, variables: { automationId: id } };
}

/** The one automation of a file. */
export async function inFile(file: string): Promise<Subject> {
  const { document, name, where } = await oneWritten({ file: [file] });
  if (!isPlainObject(document) || document.trigger === undefined)
    throw new Failure(`${where([])}: there is no trigger`);
  return { name, document, variables: { document: document.trigger } };
}
