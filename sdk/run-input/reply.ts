import type { InputOf, InputType, ReplyOptions } from "../../core/run-input/contract.ts";
import { checkKeyPrefix } from "../../core/run-input/keyset.ts";
import { hold } from "../client/hold.ts";
import { InputTimeout, MissingRunContext } from "../errors.ts";
import { type Context, checkContext } from "../execution/context.ts";
import type { Execution } from "../execution/execution.ts";
import { after } from "../timer/after.ts";
import { refusedMessage } from "./deliver.ts";
import { describe } from "./describe.ts";
import { openFeed } from "./feed.ts";
import type { Inbox } from "./inbox.ts";
import { type Message, readValue } from "./message.ts";

/** The replies of one channel that a run has got; they are kept by the key of the input that each answers. */
class ReplyBox {
  readonly #untaken = new Map<string, Message>();
  readonly #waiting = new Map<string, Set<(message: Message) => void>>();
  readonly #close: () => void;

  constructor(at: Context, type: InputType, keyPrefix: string | null) {
    const description = describe(type);
    const { execution } = at;
    const channel = { inputType: description.inputType, keyPrefix };
    const inbox: Inbox = {
      flowRunId: execution.id,
      channel,
      description,
      own: at,
      cursor: null,
      retention: undefined,
      reports: execution.reports,
    };
    this.#close = openFeed(inbox, null, {
      next: (message) => this.#add(message),
      failed: () => undefined, // the run is gone, which its execution is told as well
    });
    const part = {
      settle: async () => {
        this.#close();
        boxes.delete(execution);
        execution.settling.delete(part);
      },
    };
    execution.settling.add(part);
  }

  /** Calls the listener with the reply, at once where it is here already. Returns what ends that. */
  take(key: string, listener: (message: Message) => void): () => void {
    const message = this.#untaken.get(key);
    if (message) {
      this.#untaken.delete(key);
      listener(message);
      return () => {};
    }
    const waiting = this.#waiting.get(key) ?? new Set();
    this.#waiting.set(key, waiting.add(listener));
    return () => {
      waiting.delete(listener);
      if (waiting.size === 0) this.#waiting.delete(key);
    };
  }

  #add(message: Message): void {
    if (message.inReplyTo === null) return;
    const waiting = this.#waiting.get(message.inReplyTo);
    if (!waiting) this.#untaken.set(message.inReplyTo, message);
    for (const listener of waiting ?? []) listener(message);
  }
}

const boxes = new WeakMap<Execution, Map<string, ReplyBox>>();

/** Waits for the answer to the input that the run sent under this key. Throws InputTimeout; 3600 s by default. */
export async function replyTo<T extends InputType>(
  at: Context | undefined,
  key: string,
  type: T,
  { timeout = 3600, keyPrefix }: ReplyOptions = {},
): Promise<InputOf<T>> {
  if (!at) {
    throw new MissingRunContext(
      "a reply goes to the flow run that sent the input, and this one was sent from outside a run: send it inside a flow",
    );
  }
  if (timeout !== null && !(timeout >= 0)) {
    throw new TypeError(`reply: timeout is a number of seconds, 0 or more, or null, not ${timeout}`);
  }
  checkContext(at, true);
  const problem = keyPrefix === undefined ? null : checkKeyPrefix(keyPrefix);
  if (problem !== null) throw new TypeError(`reply: ${problem}`);
  const box = boxOf(at, type, keyPrefix ?? null);
  const release = hold();
  let forget = () => {};
  let leave = () => {};
  try {
    const reply = new Promise<Message>((resolve, reject) => {
      leave = box.take(key, resolve);
      if (timeout === null) return;
      const error = new InputTimeout(`no reply to input ${key} came within ${timeout} s`);
      forget = after(timeout, () => reject(error));
    });
    const message = await at.execution.during(reply);
    const read = await readValue(type, message, at.execution.id);
    if (read.ok) {
      at.execution.reports.delivered(message.id);
      return read.value as InputOf<T>; // parsed by the type
    }
    at.execution.reports.invalid(message.id);
    throw refusedMessage(message, read.issues);
  } finally {
    forget();
    leave();
    release();
  }
}

function boxOf(at: Context, type: InputType, keyPrefix: string | null): ReplyBox {
  const name = keyPrefix === null ? `type:${describe(type).inputType}` : `prefix:${keyPrefix}`;
  const ofRun = boxes.get(at.execution) ?? new Map<string, ReplyBox>();
  boxes.set(at.execution, ofRun);
  const box = ofRun.get(name) ?? new ReplyBox(at, type, keyPrefix);
  ofRun.set(name, box);
  return box;
}
