import type { Connection, Submittable } from "pg";
import { isPrepared, notePrepared } from "./prepared.ts";
import { executeAll } from "./statement-messages.ts";

interface NamedStatement {
  /** As of a {@link Statement}. */
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Several statements in one message, for `query` of a `pg` client: one after the other, up to the first that is refused. Their rows
 * are not answered. Outside of a transaction they are one of their own.
 */
export class Statements implements Submittable {
  callback: ((error: Error | null) => void) | undefined;
  /** What is being prepared on the way, in order; Postgres tells of each that was. */
  readonly #preparing: { name: string | undefined; text: string }[] = [];
  #stop = () => {};

  constructor(private readonly statements: readonly NamedStatement[]) {}

  /** For the client: sends them. */
  submit(connection: Connection): Error | null {
    const met = new Set<string>();
    const parts = this.statements.map(({ name, text, values }) => {
      const known = name !== undefined && (isPrepared(connection, name) || met.has(name));
      if (name !== undefined) met.add(name);
      if (!known) this.#preparing.push({ name, text });
      return { name: name ?? "", text: known ? null : text, values };
    });
    const prepared = () => {
      const next = this.#preparing.shift();
      if (next?.name !== undefined) notePrepared(connection, next.name, next.text);
    };
    connection.on("parseComplete", prepared);
    this.#stop = () => connection.off("parseComplete", prepared);
    try {
      connection.stream.write(executeAll(parts));
    } catch (error) {
      this.#stop();
      return error instanceof Error ? error : new Error(String(error));
    }
    return null;
  }

  /** For the client: one was refused, or its connection is lost. */
  handleError(error: Error): void {
    this.#end(error);
  }

  /** For the client: all are done. */
  handleReadyForQuery(): void {
    this.#end(null);
  }

  #end(error: Error | null): void {
    this.#stop();
    const { callback } = this;
    this.callback = undefined;
    callback?.(error);
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}
  handleCopyData(): void {}
}
