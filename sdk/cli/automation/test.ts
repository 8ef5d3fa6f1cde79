import { isPlainObject } from "../../../core/json.ts";
import type { BacktestEventInput } from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { readText } from "../read-text.ts";
import { documentsIn } from "../read-yaml.ts";
import type { Format } from "../text/print.ts";
import { inFile, judged } from "./backtest.ts";
import { tellBacktest } from "./backtest-text.ts";

interface TestOptions {
  event: string[];
  from?: string;
  until?: string;
  expect?: string;
  output?: Format;
}

/** Seconds for which the clock runs behind the last event, so that windows end. */
const afterwards = 86_400;

/** `antiphon automation test`: what an automation of a file would do with events of files. Nothing is stored. */
export async function test(file: string, options: TestOptions): Promise<void> {
  const expected = expectation(options.expect);
  const { name, document, variables } = await inFile(file);
  const events = (await Promise.all(options.event.map(eventsOf))).flat();
  const result = await judged({ ...variables, events, ...timesOf(events, options) }, name);
  await tellBacktest(name, result, document, options.output);
  const fired = result.firings.length;
  if (expected !== null && fired !== expected)
    throw new Failure(`${name} would fire ${fired} times, and ${expected} are expected`);
}

/** The events of a YAML or JSON file: one, a list, or, as `event stream --json` writes them, one in each line. */
async function eventsOf(file: string): Promise<BacktestEventInput[]> {
  const name = file === "-" ? "standard input" : file;
  const text = await readText(file);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const isLines =
    lines.length > 1 && lines.every((line) => line.startsWith("{") && line.trimEnd().endsWith("}"));
  const documents = isLines ? lines.flatMap((line) => documentsIn(name, line)) : documentsIn(name, text);
  const found = documents.flatMap(({ value }): unknown[] => (Array.isArray(value) ? value : [value]));
  return found
    .filter((value) => value !== null && value !== undefined)
    .map((value, at) => eventOf(value, `${name}, event ${at + 1}`));
}

/** Only what a backtest looks at; `occurred` is now where it is left out. The server checks the rest. */
function eventOf(value: unknown, where: string): BacktestEventInput {
  if (!isPlainObject(value)) throw new Failure(`${where} is no object`);
  const {
    event,
    resource,
    related,
    payload,
    id,
    follows,
    occurred = new Date().toISOString(),
    received,
  } = value;
  if (typeof event !== "string") throw new Failure(`${where} has no name: give it as \`event\``);
  if (!isPlainObject(resource)) throw new Failure(`${where} has no \`resource\`, an object of labels`);
  const given = {
    event,
    resource,
    related,
    payload,
    id,
    follows,
    occurred: timeOf(occurred, where),
    received,
  };
  return given as BacktestEventInput; // the server checks labels and texts, and says what is wrong
}

function timeOf(given: unknown, where: string): string {
  const time = new Date(String(given));
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  throw new Failure(`${where}: occurred ${JSON.stringify(given)} is no time`);
}

/** From the first event on, and until windows that the last one may open have ended, where nothing else is said. */
function timesOf(
  events: readonly BacktestEventInput[],
  { from, until }: TestOptions,
): { start: string; until: string } {
  const moments = events.map(({ occurred, received }) => Date.parse(received ?? occurred));
  const begin = from === undefined ? Math.min(...moments, Date.now()) : Date.parse(from);
  const end = until === undefined ? Math.max(...moments, begin) + afterwards * 1000 : Date.parse(until);
  if (Number.isNaN(begin)) throw new UsageError(`--from ${JSON.stringify(from)} is no time`);
  if (Number.isNaN(end)) throw new UsageError(`--until ${JSON.stringify(until)} is no time`);
  return { start: new Date(begin).toISOString(), until: new Date(end).toISOString() };
}

function expectation(given: string | undefined): number | null {
  if (given === undefined) return null;
  const count = Number(given);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new UsageError(`--expect ${JSON.stringify(given)} is no number of firings`);
}
