import { factsText } from "../text/facts.ts";
import { documentText, type Format } from "../text/print.ts";
import { timeText } from "../text/time.ts";
import { findBlock } from "./find-block.ts";

/** `antiphon block inspect` */
export async function inspect(given: string, { output }: { output?: Format }): Promise<void> {
  const block = await findBlock(given);
  if (output) return void process.stdout.write(documentText(block, output));
  const facts = factsText([
    ["Block", `${block.type}/${block.name}`],
    ["Id", block.id],
    ["Created", timeText(block.createdAt)],
    ["Saved", timeText(block.updatedAt)],
    ["Data", documentText(block.data, "yaml").trimEnd()],
  ]);
  console.log(facts);
}
