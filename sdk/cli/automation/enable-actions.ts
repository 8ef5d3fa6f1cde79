import { EnableActionDocument } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { oftenText, placeText } from "./disabled.ts";
import { find } from "./find.ts";
import { known } from "./known.ts";

/** `antiphon automation enable-actions` */
export async function enableActions(
  given: string | undefined,
  options: { id?: string; output?: Format },
): Promise<void> {
  const automation = await find(given, options);
  const { disabledActions: disabled } = automation;
  const found = known(automation);
  for (const { list, place } of disabled) {
    const { enableAction } = await request(EnableActionDocument, { automation: found.id, list, place });
    if (enableAction.__typename !== "Automation") throw new Failure(refusalText(found.name, enableAction));
  }
  if (options.output) {
    const { id, name } = found;
    return void process.stdout.write(documentText({ id, name, enabled: disabled }, options.output));
  }
  const name = plain(found.name);
  if (disabled.length === 0) console.log(`${name} has no action that is disabled.`);
  for (const one of disabled) {
    const action = placeText(found.document, one);
    console.log(`${name}: ${action} is carried out again; it had failed ${oftenText(one)}.`);
  }
}
