import { SetAutomationEnabledDocument } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { find } from "./find.ts";
import { known } from "./known.ts";

/** `antiphon automation pause` and `antiphon automation resume` */
export async function setEnabled(
  given: string | undefined,
  options: { id?: string; output?: Format },
  enabled: boolean,
): Promise<void> {
  const found = await find(given, options);
  const { id, name, enabled: before } = known(found);
  const { setAutomationEnabled } = await request(SetAutomationEnabledDocument, { id, enabled });
  if (setAutomationEnabled.__typename !== "Automation")
    throw new Failure(refusalText(`${name} stays paused`, setAutomationEnabled));
  if (options.output) return void process.stdout.write(documentText({ id, name, enabled }, options.output));
  const done = enabled ? "watches again, from now on" : "is paused";
  console.log(
    `${plain(name)} ${before === enabled ? (enabled ? "watches already" : "is paused already") : done}.`,
  );
}
