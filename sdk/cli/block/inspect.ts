import { issueLine } from "../../automation/issue-line.ts";
import { factsText } from "../text/facts.ts";
import { documentText, type Format } from "../text/print.ts";
import { lengthText, timeText } from "../text/time.ts";
import { findBlock } from "./find-block.ts";

/** `antiphon block inspect` */
export async function inspect(given: string, { output }: { output?: Format }): Promise<void> {
  const block = await findBlock(given);
  if (output) return void process.stdout.write(documentText(block, output));
  const { expiresAt, ttl, ownerRun, issues } = block;
  const facts = factsText([
    ["Block", `${block.type}/${block.name}`],
    ["Id", block.id],
    ["Created", timeText(block.createdAt)],
    ["Saved", timeText(block.updatedAt)],
    ["Expires", expiresAt && ttl ? `${timeText(expiresAt)}, ${lengthText(ttl)} after it was saved` : null],
    ["Owner", ownerRun && `run ${ownerRun.name} (${ownerRun.id}), with which it is deleted`],
    ["Problems", issues.length > 0 ? issues.map(issueLine).join("\n") : null],
    ["Data", documentText(block.data, "yaml").trimEnd()],
  ]);
  console.log(facts);
}
