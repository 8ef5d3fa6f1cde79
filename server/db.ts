import type { Pool, PoolClient } from "pg";
import pg from "pg";
import sql, { type Sql } from "sql-template-tag";
import { camelName, Statement } from "./statement.ts";
import { Statements } from "./statements.ts";

/** What runs one statement. Columns come back in camelCase, `bigint` as a number, `json` parsed, timestamps as dates. */
export interface Executor {
  query<Row>(sql: Sql): Promise<Row[]>;
}

/** One transaction under way. */
export interface Transaction extends Executor {
  /** Runs statements one after the other, sent in one message. Their rows are not answered. */
  all(statements: readonly Sql[]): Promise<void>;
  /**
   * The transaction's last statements, sent in one message with COMMIT once the work is done: for what takes a lock that everybody
   * waits for. Their rows are not answered. Asked for once; where nothing was asked before, the whole transaction is one message.
   */
  last(...statements: Sql[]): void;
}

/** The database: every statement on its own, or several in one transaction. */
export interface Db extends Executor {
  /** Commits where `work` resolves, rolls back where it throws. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** A connection of its own for LISTEN and session locks; the caller ends it. */
  connect(): Promise<pg.Client>;
  /** Connections apart from these, at most so many; the caller ends them. */
  openPool(size: number): Pool;
  close(): Promise<void>;
}

/** A pool's clients are slow to plan long statements: each text is prepared once per connection, under its number. */
const statementNames = new Map<string, string>();
const maxStatements = 2000;

const commit = sql`COMMIT`;

export function createDb(pool: Pool): Db {
  return {
    query: (sql) => run(pool, sql),
    async transaction(work) {
      const client = await pool.connect();
      let begun: Promise<unknown> | undefined;
      const begin = () => {
        begun ??= client.query("BEGIN");
        return begun;
      };
      try {
        let last: readonly Sql[] | undefined;
        const result = await work({
          async query<Row>(sql: Sql) {
            await begin();
            return run<Row>(client, sql);
          },
          async all(statements) {
            await begin();
            await runAll(client, statements);
          },
          last(...statements) {
            if (last !== undefined)
              throw new Error("a transaction has its last statements once, and this one has them already");
            last = statements;
          },
        });
        // What one message asks for is one transaction of itself.
        await runAll(client, [...(last ?? []), ...(begun === undefined ? [] : [commit])]);
        client.release();
        return result;
      } catch (error) {
        // A connection that cannot roll back is of no use to the next one.
        await client.query("ROLLBACK").then(
          () => client.release(),
          (broken: Error) => client.release(broken),
        );
        throw error;
      }
    },
    async connect() {
      const client = new pg.Client(pool.options);
      await client.connect();
      return client;
    },
    openPool: (size) => new pg.Pool({ ...pool.options, max: size }),
    close: () => pool.end(),
  };
}

function run<Row>(on: Pool | PoolClient, sql: Sql): Promise<Row[]> {
  const { text } = sql;
  const statement = new Statement(statementName(text), text, sql.values);
  // The row's type is the statement's promise: it stands beside the SQL that selects it.
  return (on instanceof pg.Pool ? runOnAny(on, statement) : runOn(on, statement)) as Promise<Row[]>;
}

/** On a connection that is free. */
function runOnAny(pool: Pool, statement: Statement): Promise<unknown> {
  // A pool answers a promise of what its callback would be given, whatever its types say of statements of one's own.
  return pool.query(statement) as unknown as Promise<unknown>;
}

function runOn(client: PoolClient, statement: Statement): Promise<unknown> {
  return new Promise((resolve, reject) => {
    statement.callback = (error, rows) => (error === null ? resolve(rows) : reject(traced(error)));
    client.query(statement);
  });
}

function runAll(client: PoolClient, all: readonly Sql[]): Promise<void> {
  if (all.length === 0) return Promise.resolve();
  const statements = new Statements(
    all.map(({ text, values }) => ({ name: statementName(text), text, values })),
  );
  return new Promise((resolve, reject) => {
    statements.callback = (error) => (error === null ? resolve() : reject(traced(error)));
    client.query(statements);
  });
}

/** The error as of who asked, instead of how the refusal was read. */
function traced(error: Error): Error {
  Error.captureStackTrace(error);
  return error;
}

function statementName(text: string): string | undefined {
  const known = statementNames.get(text);
  if (known !== undefined || statementNames.size >= maxStatements) return known;
  const name = `s${statementNames.size}`;
  statementNames.set(text, name);
  return name;
}

/** The same row with its columns' names in camelCase. */
export function camelKeys(row: Record<string, unknown>): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const column in row) named[camelName(column)] = row[column];
  return named;
}
