import {
  CreateWorkQueueDocument,
  DeleteWorkQueueDocument,
  SetWorkQueuePausedDocument,
  UpdateWorkQueueDocument,
  type WorkQueueRowFragment,
} from "../../gql/graphql.ts";
import { confirmed } from "../confirmed.ts";
import { Failure } from "../failure.ts";
import { readCount } from "../read-count.ts";
import { type Refused, refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { someChange } from "../some-change.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { pausedText } from "../work-pool/paused.ts";
import { readLimit } from "../work-pool/read-limit.ts";
import { findWorkQueue, splitName } from "./find.ts";

interface QueueOptions {
  description?: string;
  priority?: string;
  concurrencyLimit?: string;
  output?: Format;
}

type Answer = ({ __typename: "WorkQueue" } & WorkQueueRowFragment) | Refused;

/** `antiphon work-queue create` */
export async function create(given: string, options: QueueOptions): Promise<void> {
  const { pool, queue } = splitName(given);
  const { createWorkQueue } = await request(CreateWorkQueueDocument, {
    queue: { workPool: pool, name: queue, ...changeOf(options) },
  });
  tell(given, createWorkQueue, "was made", options);
}

/** `antiphon work-queue update` */
export async function update(given: string, options: QueueOptions): Promise<void> {
  const change = someChange(changeOf(options), "--description, --priority or --concurrency-limit");
  const { id } = await findWorkQueue(given);
  const { updateWorkQueue } = await request(UpdateWorkQueueDocument, { id, change });
  tell(given, updateWorkQueue, "is as it was asked to be", options);
}

/** `antiphon work-queue pause` */
export const pause = (given: string, options: { output?: Format }) => setPaused(given, options, true);

/** `antiphon work-queue resume` */
export const resume = (given: string, options: { output?: Format }) => setPaused(given, options, false);

async function setPaused(given: string, options: { output?: Format }, paused: boolean): Promise<void> {
  const { id, paused: before } = await findWorkQueue(given);
  const { setWorkQueuePaused } = await request(SetWorkQueuePausedDocument, { id, paused });
  tell(given, setWorkQueuePaused, pausedText(paused, before), options);
}

/** `antiphon work-queue delete`: asks first where somebody is there to answer. */
export async function remove(given: string, options: { yes?: boolean }): Promise<void> {
  const { id } = await findWorkQueue(given);
  const shown = `work queue ${plain(given)} (${id})`;
  if (!(await confirmed(`Delete the ${shown}?`, options))) return;
  const { deleteWorkQueue } = await request(DeleteWorkQueueDocument, { id });
  if (deleteWorkQueue.length === 0) throw new Failure(`${shown} was deleted by somebody else meanwhile`);
  console.log(`Deleted ${shown}.`);
}

function changeOf({ description, priority, concurrencyLimit }: QueueOptions) {
  const limit = readLimit(concurrencyLimit);
  const place = readCount("--priority", priority);
  return {
    ...(description !== undefined && { description }),
    ...(place !== null && { priority: place }),
    ...(limit !== undefined && { concurrencyLimit: limit }),
  };
}

function tell(given: string, answer: Answer, done: string, { output }: { output?: Format }): void {
  if (answer.__typename !== "WorkQueue") throw new Failure(refusalText(`work queue ${given}`, answer));
  if (output) process.stdout.write(documentText(answer, output));
  else console.log(`Work queue ${plain(given)} ${done}.`);
}
