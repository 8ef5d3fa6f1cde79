import { missing } from "../../../core/form/missing.ts";
import { withTyped } from "../../../core/form/typed-field.ts";
import { type FormValue, isFormObject, toSend, withProperty } from "../../../core/form/value.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { issueLine } from "../../automation/issue-line.ts";
import { ReadBlockDocument, SaveBlockDocument } from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { canAsk, Questions } from "../prompt/questions.ts";
import { readCount } from "../read-count.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { askMissing } from "./ask-missing.ts";
import { blockName } from "./find-block.ts";
import { readData } from "./read-data.ts";
import { readSecrets } from "./read-secrets.ts";
import { findType } from "./types.ts";

interface SaveOptions {
  file?: string;
  set?: string[];
  secret?: string[];
  unset?: string[];
  ttl?: string;
  overwrite?: boolean;
  output?: Format;
}

/** `antiphon block save` */
export async function save(given: string, options: SaveOptions): Promise<void> {
  const { type, name } = blockName(given);
  const ttl = options.ttl === "none" ? null : (readCount("--ttl", options.ttl) ?? undefined);
  const schema = (await findType(type)).schema as JsonSchema; // the server's own
  const before = options.overwrite ? (await request(ReadBlockDocument, { type, name })).block : null;
  // What is there comes with its secrets masked, which leaves them as they are.
  let data: FormValue = before && !options.file ? (before.data as FormValue) : {};
  if (options.file) data = await readData(options.file);
  for (const one of options.set ?? []) data = withSet(schema, data, one);
  for (const field of options.unset ?? []) data = withUnset(data, field);
  for (const [field, secret] of await readSecrets(options.secret ?? [], options.file))
    data = withSet(schema, data, `${field}=${secret}`);
  const left = missing(schema, schema, data);
  if (left.length > 0 && canAsk()) data = await askMissing(await Questions.open(), schema, data, left);
  const { saveBlock } = await request(SaveBlockDocument, {
    type,
    name,
    data: toSend(data),
    overwrite: options.overwrite ?? false,
    ...(ttl !== undefined && { ttl }),
  });
  if (saveBlock.__typename === "AlreadyExistsError")
    throw new Failure(`${saveBlock.message}: --overwrite changes it`);
  if (saveBlock.__typename !== "Block") throw new Failure(refusalText(`the block ${given}`, saveBlock));
  const { __typename, ...block } = saveBlock;
  if (options.output) process.stdout.write(documentText(block, options.output));
  else console.log(`Saved ${plain(given)} (${block.id}).`);
}

function withSet(schema: JsonSchema, data: FormValue, given: string): FormValue {
  const at = given.indexOf("=");
  if (at < 1) throw new UsageError(`--set ${JSON.stringify(given)} is no field=value`);
  const next = withTyped(schema, data, given.slice(0, at), given.slice(at + 1));
  if (!next.ok) throw new UsageError(`--set cannot be taken: ${issueLine(next.issue)}`);
  return next.value;
}

/** A secret is taken away by null, since one that is left out stays. */
function withUnset(data: FormValue, field: string): FormValue {
  return isFormObject(data) ? withProperty(data, field, null, []) : data;
}
