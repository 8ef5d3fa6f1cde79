import { isPlainObject, type Json, toJson } from "../../core/json.ts";
import type { InputReceiver } from "../../core/run-input/contract.ts";
import { InputValidationError } from "../../core/run-input/errors.ts";
import { socketClient } from "../client/client.ts";
import { refusalError } from "../client/refusal.ts";
import { checkContext, context, requireContext } from "../execution/context.ts";
import { ReadJsonBlockDocument, SaveJsonBlockDocument } from "../gql/graphql.ts";
import { Receiver } from "../run-input/receiver.ts";

/** How long a document is kept. What is left out stays as it is. */
export interface KeepOptions {
  /** Seconds that it lives after this save and each later one; null: for good, as a new one does. */
  ttl?: number | null;
  /** Whether it is deleted with the run around this code; a new one is not. */
  ownedByRun?: boolean;
}

/** Which document a save replaces, and what it finishes. */
interface HowToStore {
  overwrite?: boolean;
  ifRevision?: number;
  finishes?: InputReceiver<unknown> | undefined;
}

export interface StoredBlock {
  value: Json;
  revision: number;
}

/** Null where there is none of that name. */
export async function readStored(name: string): Promise<StoredBlock | null> {
  const at = context.getStore();
  if (at) checkContext(at, false);
  const { block } = await socketClient().request(ReadJsonBlockDocument, { name });
  if (!block) return null;
  const value = isPlainObject(block.data) ? block.data.value : null;
  return { value: value as Json, revision: block.revision }; // what the API answers is JSON
}

/** Stores a value under a name. @param call what the caller's errors say was called */
export async function store(
  call: string,
  name: string,
  value: unknown,
  { finishes, ...how }: HowToStore,
  keep: KeepOptions,
): Promise<void> {
  const kept = keepingOf(call, keep);
  const at = context.getStore();
  if (at) checkContext(at, false);
  const json = toJson(value);
  if (!json.ok) {
    const issue = { path: ["value", ...json.path], message: json.message };
    throw InputValidationError.of(`the value of block ${name}`, value, [issue]);
  }
  const finishing = finishes ? finishingOf(finishes) : null;
  // Sent twice, what does not replace whatever is there would be refused the second time for what it did the first.
  const client = how.overwrite ? socketClient() : socketClient().outward;
  const { saveBlock } = await client.request(SaveJsonBlockDocument, {
    name,
    data: { value: json.value },
    ...how,
    ...kept,
    finished: finishing?.what ?? null,
  });
  if (saveBlock.__typename === "StaleExecutionError" && at) throw at.execution.refused(saveBlock);
  if (saveBlock.__typename !== "Block") throw refusalError(saveBlock, value);
  finishing?.done();
}

/** The largest number of seconds that the API's type of whole numbers has; 68 years. */
const longestTtl = 2 ** 31 - 1;

function keepingOf(
  call: string,
  { ttl, ownedByRun }: KeepOptions,
): { ttl?: number | null; ownerRunId?: string | null } {
  if (ttl != null && !(Number.isInteger(ttl) && ttl >= 1 && ttl <= longestTtl)) {
    throw new TypeError(
      `${call}: ttl is a whole number of seconds from 1 to ${longestTtl}, or null, not ${ttl}`,
    );
  }
  return {
    ...(ttl !== undefined && { ttl }),
    ...(ownedByRun !== undefined && {
      ownerRunId: ownedByRun ? requireContext(`${call} with ownedByRun`).execution.id : null,
    }),
  };
}

function finishingOf(receiver: InputReceiver<unknown>): ReturnType<Receiver["finishing"]> {
  if (receiver instanceof Receiver) return receiver.finishing();
  throw new TypeError("JsonBlock.save: finishes is a receiver that receiveInput() made");
}
