import {
  CreateWorkPoolDocument,
  UpdateWorkPoolDocument,
  type WorkPoolChangeInput,
  type WorkPoolRowFragment,
} from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { readJson } from "../read-json.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { someChange } from "../some-change.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { findWorkPool } from "./find.ts";
import { readLimit } from "./read-limit.ts";

interface PoolOptions {
  description?: string;
  concurrencyLimit?: string;
  variablesSchema?: string;
  output?: Format;
}

/** `antiphon work-pool create` */
export async function create(name: string, options: PoolOptions): Promise<void> {
  const pool = await createdWorkPool({ name, ...(await changeOf(options)) });
  tell(pool, "was made", options);
}

/** Makes a pool. Throws Failure where it is refused. */
export async function createdWorkPool(
  pool: { name: string } & WorkPoolChangeInput,
): Promise<WorkPoolRowFragment> {
  const { createWorkPool: result } = await request(CreateWorkPoolDocument, { pool });
  if (result.__typename === "WorkPool") return result;
  throw new Failure(refusalText(`work pool ${JSON.stringify(pool.name)}`, result));
}

/** `antiphon work-pool update` */
export async function update(given: string, options: PoolOptions): Promise<void> {
  const change = someChange(
    await changeOf(options),
    "--description, --concurrency-limit or --variables-schema",
  );
  const { id } = await findWorkPool(given);
  const { updateWorkPool: result } = await request(UpdateWorkPoolDocument, { id, change });
  if (result.__typename !== "WorkPool") throw new Failure(refusalText(`work pool ${given}`, result));
  tell(result, "is as it was asked to be", options);
}

async function changeOf({
  description,
  concurrencyLimit,
  variablesSchema,
}: PoolOptions): Promise<WorkPoolChangeInput> {
  const limit = readLimit(concurrencyLimit);
  const example = '--variables-schema \'{"type": "object"}\'';
  return {
    ...(description !== undefined && { description }),
    ...(limit !== undefined && { concurrencyLimit: limit }),
    ...(variablesSchema !== undefined && {
      variablesSchema: await readJson("--variables-schema", variablesSchema, example),
    }),
  };
}

function tell(pool: WorkPoolRowFragment, done: string, { output }: PoolOptions): void {
  if (output) process.stdout.write(documentText(pool, output));
  else console.log(`Work pool ${plain(pool.name)} ${done}.`);
}
