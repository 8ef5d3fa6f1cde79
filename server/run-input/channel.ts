import sql from "sql-template-tag";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import { checkInputType, checkKeyPrefix } from "../../core/run-input/keyset.ts";

/** What a message is sent to and received from: all of one type, or, where it has a prefix, all that is sent to that prefix. */
export interface Channel {
  inputType: string;
  keyPrefix?: string | null | undefined;
}

/** The name under which a run knows a channel. A prefix is a name of its own, compared as a whole. */
export function channelName({ inputType, keyPrefix }: Channel): string {
  return keyPrefix == null ? `type:${inputType}` : `prefix:${keyPrefix}`;
}

/** The same of a stored message, in SQL. The index of finished messages is made of exactly these words. */
export const channelNameSql = sql`coalesce('prefix:' || key_prefix, 'type:' || input_type)`;

/** @throws InvalidInputError where no channel can be named so */
export function checkChannel(channel: Channel, path: string[]): void {
  const issues = channelIssues(channel, path);
  if (issues.length > 0) throw new InvalidInputError(issues);
}

export function channelIssues({ inputType, keyPrefix }: Channel, path: string[]): Issue[] {
  const issues: Issue[] = [];
  const wrongName = checkInputType(inputType);
  if (wrongName !== null) issues.push({ path: [...path, "inputType"], message: wrongName });
  const problem = keyPrefix == null ? null : checkKeyPrefix(keyPrefix);
  if (problem !== null) issues.push({ path: [...path, "keyPrefix"], message: problem });
  return issues;
}
