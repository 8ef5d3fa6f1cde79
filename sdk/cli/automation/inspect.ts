import { issueLine } from "../../automation/issue-line.ts";
import { documentText, type Format } from "../text/print.ts";
import { timeText } from "../text/time.ts";
import { oftenText, placeText } from "./disabled.ts";
import { find } from "./find.ts";
import { known, whole } from "./known.ts";

/** `antiphon automation inspect` */
export async function inspect(
  name: string | undefined,
  options: { id?: string; output: Format },
): Promise<void> {
  const automation = await find(name, options);
  process.stdout.write(documentText(whole(automation), options.output));
  const { document } = known(automation);
  for (const one of automation.disabledActions) {
    const what = `${placeText(document, one)} is disabled since ${timeText(one.since)}`;
    console.error(
      `warning: ${what}: it had failed ${oftenText(one)}; \`antiphon automation enable-actions\` enables it`,
    );
  }
  for (const warning of automation.warnings) console.error(`warning: ${issueLine(warning)}`);
}
