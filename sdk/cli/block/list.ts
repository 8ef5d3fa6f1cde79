import { type BlockPartsFragment, ListBlocksDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { type Column, rowsText } from "../text/table.ts";
import { timeText } from "../text/time.ts";

/** `antiphon block ls` */
export async function list({ type, output }: { type?: string; output?: Format }): Promise<void> {
  const { blocks } = await request(ListBlocksDocument, { type: type ?? null });
  if (output) process.stdout.write(documentText(blocks, output));
  else if (blocks.length > 0) console.log(rowsText(columnsFor(blocks), blocks, terminalWidth()));
  else if (type !== undefined) console.log("There is no such block.");
  else console.log("There are no blocks yet: `antiphon block save TYPE/NAME` makes one.");
}

type BlockColumn = Column<BlockPartsFragment>;

function columnsFor(blocks: readonly BlockPartsFragment[]): BlockColumn[] {
  const expires: BlockColumn = {
    title: "EXPIRES",
    of: ({ expiresAt }) => (expiresAt ? timeText(expiresAt) : ""),
  };
  return [
    { title: "BLOCK", of: ({ type, name }) => `${type}/${name}` },
    { title: "SAVED", of: ({ updatedAt }) => timeText(updatedAt) },
    ...(blocks.some(({ expiresAt }) => expiresAt) ? [expires] : []),
    { title: "ID", of: ({ id }) => id, style: () => "dim" },
  ];
}
