import type { Connection } from "pg";

/** What is looked at of a connection beside its socket; the types of `pg` do not name it. */
interface Prepared {
  /** By name: what the client notes of statements that were prepared. */
  parsedStatements: Record<string, string | undefined>;
}

/** Whether the connection has prepared the statement of this name. */
export function isPrepared(connection: Connection, name: string): boolean {
  return preparedOn(connection)[name] !== undefined;
}

/** It has now, as the client itself notes of its own queries. */
export function notePrepared(connection: Connection, name: string, text: string): void {
  preparedOn(connection)[name] = text;
}

function preparedOn(connection: Connection): Prepared["parsedStatements"] {
  return (connection as unknown as Prepared).parsedStatements; // as above
}
