import { suggestion } from "../../../core/document/nearest.ts";
import { kindOf } from "../../../core/form/kind.ts";
import { resolve } from "../../../core/form/resolve.ts";
import { takes } from "../../../core/form/typed-text.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { type BlockTypePartsFragment, BlockTypesDocument } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { type Column, rowsText } from "../text/table.ts";

/** `antiphon block types` */
export async function types(given: string | undefined, { output }: { output?: Format }): Promise<void> {
  if (given === undefined) {
    const { blockTypes } = await request(BlockTypesDocument, {});
    if (output) process.stdout.write(documentText(blockTypes, output));
    else console.log(rowsText(columns, blockTypes, terminalWidth()));
    return;
  }
  const type = await findType(given);
  if (output) process.stdout.write(documentText(type, output));
  else console.log(`${type.description}\n\n${rowsText(fieldColumns, fieldsOf(type), terminalWidth())}`);
}

/** The type of this name. */
export async function findType(given: string): Promise<BlockTypePartsFragment> {
  const { blockTypes } = await request(BlockTypesDocument, {});
  const found = blockTypes.find(({ slug }) => slug === given);
  if (found) return found;
  const known = blockTypes.map(({ slug }) => slug);
  throw new Failure(`there is no type of block ${JSON.stringify(given)}${suggestion(given, known)}`);
}

const columns: readonly Column<BlockTypePartsFragment>[] = [
  { title: "TYPE", of: ({ slug }) => slug },
  { title: "FOR", of: ({ capabilities }) => capabilities.join(", ").toLowerCase() },
  { title: "DESCRIPTION", of: ({ description }) => description },
];

interface BlockField {
  name: string;
  required: boolean;
  takes: string;
  description: string;
}

/** What the data of a block holds. */
export function fieldsOf(type: BlockTypePartsFragment): BlockField[] {
  const root = type.schema as JsonSchema; // the server's own
  const schema = resolve(root, root);
  const kind = schema === null ? null : kindOf(root, schema);
  if (kind?.kind !== "group") return [];
  return kind.properties.map(({ name, schema: inner, required }) => {
    const { description, writeOnly } = resolve(root, inner) ?? {};
    return {
      name,
      required,
      takes: writeOnly === true ? "a secret" : takes(root, inner),
      description: typeof description === "string" ? description : "",
    };
  });
}

const fieldColumns: readonly Column<BlockField>[] = [
  { title: "FIELD", of: ({ name, required }) => (required ? `${name} *` : name) },
  { title: "TAKES", of: (field) => field.takes },
  { title: "", of: ({ description }) => description },
];
