import { inspect } from "node:util";
import type { z } from "zod";
import type {
  AnyRunInputClass,
  InputReceiver,
  InputType,
  ReceiveOptions,
  RunInputBase,
} from "../../core/run-input/contract.ts";
import { checkKeyPrefix } from "../../core/run-input/keyset.ts";
import { MissingRunContext } from "../errors.ts";
import { checkContext, context } from "../execution/context.ts";
import { describe } from "./describe.ts";
import { ExclusiveSource } from "./exclusive-source.ts";
import type { Inbox } from "./inbox.ts";
import { Receiver } from "./receiver.ts";
import { Reports } from "./reports.ts";
import { SharedSource } from "./shared-source.ts";

type Wraps<T extends z.ZodType> =
  z.output<T> extends readonly unknown[]
    ? true
    : T extends z.ZodRecord
      ? true
      : z.output<T> extends object
        ? false
        : true;

/** A received value with its metadata: on it where it is a plain object, else beside it as `value`. */
export type WithMetadata<T extends z.ZodType> = RunInputBase &
  (Wraps<T> extends true ? { value: z.output<T> } : z.output<T>);

/**
 * Iterates a run's inputs of one type, oldest first, and goes on live; by default those of the run around this code.
 * Throws MissingRunContext outside a run where no `flowRunId` is given.
 */
export function receiveInput<T extends AnyRunInputClass>(
  type: T,
  options?: ReceiveOptions & { withMetadata?: boolean },
): Receiving<InstanceType<T>>;
export function receiveInput<T extends z.ZodType>(
  type: T,
  options: ReceiveOptions & { withMetadata: true },
): Receiving<WithMetadata<T>>;
export function receiveInput<T extends z.ZodType>(type: T, options?: ReceiveOptions): Receiving<z.output<T>>;
export function receiveInput(
  type: InputType,
  options: ReceiveOptions & { withMetadata?: boolean } = {},
): Receiving<unknown> {
  const { timeout = 3600, pollInterval = 10, consume = "shared" } = options;
  checkOptions(options);
  const inbox = openInbox(type, options);
  const exclusive = consume === "exclusive";
  const excludeKeys = new Set(options.excludeKeys ?? []);
  const source = exclusive
    ? new ExclusiveSource(inbox, excludeKeys)
    : new SharedSource(inbox, { pollInterval });
  return new Receiver(type, inbox, source, {
    timeout,
    raiseTimeoutError: options.raiseTimeoutError ?? false,
    excludeKeys,
    withMetadata: options.withMetadata ?? false,
    exclusive,
  });
}

/** A receiver, which `await using` closes. */
export type Receiving<T> = InputReceiver<T> & AsyncDisposable;

function openInbox(type: InputType, options: ReceiveOptions): Inbox {
  const { flowRunId, retention } = options;
  const description = describe(type);
  const channel = { inputType: description.inputType, keyPrefix: options.keyPrefix ?? null };
  const looks = { channel, description, cursor: options.cursor ?? null, retention };
  const at = context.getStore();
  if (at) checkContext(at, true);
  if (at && (flowRunId === undefined || flowRunId === at.execution.id)) {
    return { ...looks, flowRunId: at.execution.id, own: at, reports: at.execution.reports };
  }
  if (flowRunId === undefined) {
    throw new MissingRunContext(
      "receiveInput() takes the inputs of the flow run around it: call it inside a flow, or give it the option flowRunId",
    );
  }
  if (retention !== undefined) {
    throw new TypeError(
      `receiveInput: how long the inputs of flow run ${flowRunId} are kept is for its own code to say: leave out retention`,
    );
  }
  return { ...looks, flowRunId, own: null, reports: new Reports(flowRunId, null, warn) };
}

function warn(problem: string): void {
  console.warn(`antiphon: ${problem}`);
}

/** The largest number of seconds that the API's type of whole numbers has; 68 years. */
const longestRetention = 2 ** 31 - 1;
/** Characters of a cursor's name that the server keeps. */
const longestCursor = 255;

function checkOptions(options: ReceiveOptions): void {
  const { timeout = null, pollInterval = 10, excludeKeys = [], keyPrefix } = options;
  const { consume, cursor, retention } = options;
  if (timeout !== null && !(typeof timeout === "number" && timeout >= 0)) {
    throw new TypeError(
      `receiveInput: timeout is a number of seconds, 0 or more, or null, not ${inspect(timeout)}`,
    );
  }
  if (!(typeof pollInterval === "number" && pollInterval > 0)) {
    throw new TypeError(
      `receiveInput: pollInterval is a number of seconds above 0, not ${inspect(pollInterval)}`,
    );
  }
  // A text is iterable too, by its characters.
  if (typeof excludeKeys === "string" || !(Symbol.iterator in Object(excludeKeys))) {
    throw new TypeError(`receiveInput: excludeKeys is a list of keys, not ${inspect(excludeKeys)}`);
  }
  const problem = keyPrefix === undefined ? null : checkKeyPrefix(keyPrefix);
  if (problem !== null) throw new TypeError(`receiveInput: ${problem}`);
  if (consume !== undefined && consume !== "shared" && consume !== "exclusive") {
    throw new TypeError(`receiveInput: consume is "shared" or "exclusive", not ${JSON.stringify(consume)}`);
  }
  const isKept = retention == null || (Number.isInteger(retention) && retention >= 1);
  if (!isKept || (retention ?? 0) > longestRetention) {
    throw new TypeError(
      `receiveInput: retention is a whole number of seconds from 1 to ${longestRetention}, or null, not ${retention}`,
    );
  }
  if (cursor === "" || (cursor ?? "").length > longestCursor) {
    throw new TypeError(
      `receiveInput: a cursor has a name of 1 to ${longestCursor} characters, not ${(cursor ?? "").length}`,
    );
  }
  if (cursor !== undefined && consume === "exclusive") {
    throw new TypeError(
      "receiveInput: an exclusive channel keeps no cursor, since what is finished with is gone",
    );
  }
}
