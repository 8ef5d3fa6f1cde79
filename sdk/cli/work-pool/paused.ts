import { SetWorkPoolPausedDocument } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { findWorkPool } from "./find.ts";

/** `antiphon work-pool pause` */
export const pause = (given: string, options: { output?: Format }) => setPaused(given, options, true);

/** `antiphon work-pool resume` */
export const resume = (given: string, options: { output?: Format }) => setPaused(given, options, false);

async function setPaused(given: string, { output }: { output?: Format }, paused: boolean): Promise<void> {
  const { id, name, paused: before } = await findWorkPool(given);
  const { setWorkPoolPaused: result } = await request(SetWorkPoolPausedDocument, { id, paused });
  if (result.__typename !== "WorkPool") throw new Failure(refusalText(`work pool ${name}`, result));
  if (output) process.stdout.write(documentText(result, output));
  else console.log(`Work pool ${plain(name)} ${pausedText(paused, before)}.`);
}

/** What became of a pool or a queue that was to be paused or resumed. */
export function pausedText(paused: boolean, before: boolean): string {
  if (paused === before) return paused ? "is paused already" : "is not paused";
  return paused ? "is paused: none of its runs begins until it is resumed" : "lets its runs begin again";
}
