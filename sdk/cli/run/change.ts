import {
  CancelRunDocument,
  type ChangedRunFragment,
  RetryRunDocument,
  SuspendRunDocument,
} from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { findRun } from "./find-run.ts";

interface ChangeOptions {
  output?: Format;
}

/** `antiphon run cancel` */
export function cancel(runs: string[], options: ChangeOptions): Promise<void> {
  return change(runs, options, async (id) => (await request(CancelRunDocument, { id })).result);
}

/** `antiphon run retry` */
export function retry(runs: string[], options: ChangeOptions): Promise<void> {
  return change(runs, options, async (id) => (await request(RetryRunDocument, { id })).result);
}

/** `antiphon run suspend` */
export function suspend(runs: string[], options: ChangeOptions & { timeout?: string }): Promise<void> {
  const { timeout } = options;
  const seconds = timeout === undefined || timeout === "none" ? null : Number(timeout);
  if (seconds !== null && !(seconds >= 0))
    throw new UsageError(`--timeout ${JSON.stringify(timeout)} is no number of seconds, nor "none"`);
  return change(runs, options, async (id) => {
    const limit = timeout === undefined ? {} : { timeout: seconds };
    return (await request(SuspendRunDocument, { id, ...limit })).result;
  });
}

/** Changes one run after the other. One that is refused keeps none of the others from being changed. */
async function change(
  runs: readonly string[],
  { output }: ChangeOptions,
  one: (id: string) => Promise<ChangedRunFragment>,
): Promise<void> {
  const outcomes: object[] = [];
  for (const given of runs) {
    try {
      const { id, name } = await findRun(given);
      const result = await one(id);
      if (result.__typename !== "FlowRun") throw new Failure(refusalText(name, result));
      outcomes.push({ id, name: result.name, state: result.state });
      if (!output) console.log(`${plain(result.name)} is ${result.state.name}.`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      outcomes.push({ run: given, refused: error.message });
      console.error(`antiphon: ${error.message}`);
      process.exitCode = 1;
    }
  }
  if (output) process.stdout.write(documentText(outcomes, output));
}
