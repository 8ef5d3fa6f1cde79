import { textProblem } from "../json.ts";

const MAX_PAUSE_KEY = 64;
const MAX_PREFIX = 128;
const MAX_TYPE = 128;
/** Characters of a name that is too long. */
const SHOWN = 40;

/** The keys under which one question's schema, description and answer are stored. */
export interface Keyset {
  base: string;
  schema: string;
  description: string;
  response: string;
}

/** The keyset of a base key: `person` has `person-schema`, `person-description`, `person-response`. */
export function keyset(base: string): Keyset {
  return { base, schema: `${base}-schema`, description: `${base}-description`, response: answerKey(base) };
}

/**
 * The base key of a wait: the state's name in lower case and the pause key, such as `paused-1` or `suspended-approve`.
 * Throws for a state that is not of type PAUSED.
 */
export function pauseBaseKey(state: { type: string; name: string }, pauseKey: string): string {
  if (state.type !== "PAUSED") {
    throw new Error(
      `unsupported: a run in state ${state.name} (${state.type}) asks for nothing; only a PAUSED state has a keyset`,
    );
  }
  return `${state.name.toLowerCase()}-${pauseKey}`;
}

/** The key of one asking: the base key, and with `--2`, `--3`, … where the same question is asked again. `round` counts from 1. */
export function askingKey(base: string, round: number): string {
  if (!Number.isInteger(round) || round < 1) throw new Error(`a round of asking counts from 1, not ${round}`);
  return round === 1 ? base : `${base}--${round}`;
}

/** The key of the answer to an asking. */
export function answerKey(asking: string): string {
  return `${asking}-response`;
}

/** A name as a key carries it for reading: lower case, every character but a-z and 0-9 a dash (`ShirtOrder` is `shirtorder`). */
export function typeBaseKey(name: string): string {
  return Array.from(name.toLowerCase(), (character) => (/[a-z0-9]/.test(character) ? character : "-")).join(
    "",
  );
}

/** How the keys of a type's messages begin where nobody named a prefix: `shirtorder-auto`. */
export function defaultKeyPrefix(inputType: string): string {
  return `${typeBaseKey(inputType)}-auto`;
}

/** The key of a message. It is for reading only: the channel is the prefix as it was given, or the type. */
export function messageKey(prefix: string, uuid: string): string {
  return `${typeBaseKey(prefix)}-${uuid}`;
}

/** What is wrong with the key that a pause was given; null where it may be used. Check it before any state changes. */
export function checkPauseKey(key: string): string | null {
  const shown = JSON.stringify(key);
  if (key === "") return 'the pause key is empty; give it letters and digits, such as "approve"';
  if (key.length > MAX_PAUSE_KEY) {
    return `the pause key ${shown} is ${key.length} characters long; at most ${MAX_PAUSE_KEY} are taken`;
  }
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key)) {
    return `the pause key ${shown} may hold only lower-case letters, digits and single dashes between them, such as "approve-order"`;
  }
  if (/^[0-9]+$/.test(key)) {
    return `the pause key ${shown} is all digits, which are the names of unnamed pauses; give it a letter, such as "step-${key}"`;
  }
  return null;
}

/**
 * What is wrong with a key prefix, the name that a sender and a receiver gave their channel; null where it may be used. Channels are
 * compared by the whole prefix, character by character, so no character in it has a meaning of its own.
 */
export function checkKeyPrefix(prefix: string): string | null {
  const shown = JSON.stringify(prefix);
  if (prefix === "") return "the key prefix is empty; leave it out to use the channel of the type";
  if (prefix.length > MAX_PREFIX) {
    return `the key prefix ${shown} is ${prefix.length} characters long; at most ${MAX_PREFIX} are taken`;
  }
  const text = textProblem(prefix);
  if (text !== null) return `the key prefix ${shown} ${text}`;
  return /\p{Cc}/u.test(prefix) ? `the key prefix ${shown} holds a control character` : null;
}

/** What is wrong with an explicit name of an input type; null where it may be used. */
export function checkInputType(name: string): string | null {
  if (/^[\p{L}_$][\p{L}\p{N}_$ .-]{0,127}$/u.test(name)) return null;
  const characters = Array.from(name);
  if (characters.length > MAX_TYPE) {
    const beginning = characters.slice(0, SHOWN).join("");
    return `${JSON.stringify(`${beginning}…`)} cannot name an input type: it has ${characters.length} characters; at most ${MAX_TYPE} are taken`;
  }
  return (
    `${JSON.stringify(name)} cannot name an input type: a name begins with a letter, _ or $, goes on with letters, digits, spaces, ` +
    `_ $ . and -, and has at most ${MAX_TYPE} characters`
  );
}
