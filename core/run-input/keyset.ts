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
