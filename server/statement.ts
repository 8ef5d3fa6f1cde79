import pg, { type Connection, type Submittable } from "pg";
import { isPrepared } from "./prepared.ts";
import { bindAndExecute, parseBindAndDescribe } from "./statement-messages.ts";

/** A column of the rows that a statement answers. */
interface Column {
  /** In camelCase. */
  name: string;
  read: (text: string) => unknown;
}

/** What is known of the statements that a connection has prepared, by their names. */
const describedOn = new WeakMap<Connection, Map<string, readonly Column[]>>();

/**
 * One run of a statement, for `query` of a `pg` client or pool, which answers its rows. A named one is prepared once a
 * connection, and described then: `pg`'s own query asks for the columns anew each time, and makes its rows from that.
 */
export class Statement implements Submittable {
  callback: ((error: Error | null, rows: unknown[]) => void) | undefined;
  readonly #rows: Record<string, unknown>[] = [];
  #columns: readonly Column[] | undefined;
  #described: Map<string, readonly Column[]> | undefined;
  #failure: Error | undefined;

  /** @param name the same for the same text, and for no other one; without it the statement is planned for this run alone */
  constructor(
    readonly name: string | undefined,
    readonly text: string,
    readonly values: readonly unknown[],
  ) {}

  /** For the client: sends it. */
  submit(connection: Connection): Error | null {
    const { name = "", text, values } = this;
    this.#described = describedOn.get(connection);
    if (this.#described === undefined) {
      this.#described = new Map();
      describedOn.set(connection, this.#described);
    }
    this.#columns = this.name === undefined ? undefined : this.#described.get(name);
    const known = this.name !== undefined && isPrepared(connection, name);
    try {
      connection.stream.write(
        this.#columns === undefined
          ? parseBindAndDescribe(name, known ? null : text, values)
          : bindAndExecute(name, values),
      );
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
    return null;
  }

  /** For the client: it was described. */
  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    this.#columns = fields.map((field) => ({
      name: camelName(field.name),
      read: parserOf(field.dataTypeID),
    }));
  }

  /** For the client: a row came. */
  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const columns = this.#columns ?? [];
    const row: Record<string, unknown> = {};
    try {
      for (let index = 0; index < columns.length; index++) {
        const column = columns[index];
        const text = fields[index];
        if (column !== undefined) row[column.name] = text == null ? null : column.read(text);
      }
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error(String(error));
    }
    this.#rows.push(row);
  }

  /** For the client: it was refused, or its connection is lost. */
  handleError(error: Error): void {
    const { callback } = this;
    this.callback = undefined;
    callback?.(error, []);
  }

  /** For the client: it is done. */
  handleReadyForQuery(): void {
    if (this.#failure !== undefined) {
      this.handleError(this.#failure);
      return;
    }
    // One that answers no columns is told of by none.
    if (this.name !== undefined) this.#described?.set(this.name, this.#columns ?? []);
    const { callback } = this;
    this.callback = undefined;
    callback?.(null, this.#rows);
  }

  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}
  handleCopyData(): void {}
}

const int8 = 20;

function parserOf(oid: number): (text: string) => unknown {
  return oid === int8 ? Number : pg.types.getTypeParser(oid, "text");
}

const camelNames = new Map<string, string>();

/** A column's name in camelCase. */
export function camelName(column: string): string {
  let name = camelNames.get(column);
  if (name === undefined) {
    name = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    camelNames.set(column, name);
  }
  return name;
}
