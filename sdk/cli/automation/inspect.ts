import { issueLine } from "../../automation/issue-line.ts";
import { documentText, type Format } from "../text/print.ts";
import { find } from "./find.ts";
import { whole } from "./known.ts";

/** `antiphon automation inspect` */
export async function inspect(
  name: string | undefined,
  options: { id?: string; output: Format },
): Promise<void> {
  const automation = await find(name, options);
  process.stdout.write(documentText(whole(automation), options.output));
  for (const warning of automation.warnings) console.error(`warning: ${issueLine(warning)}`);
}
