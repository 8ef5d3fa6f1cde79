import { isPlainObject } from "../../../core/json.ts";
import {
  DisabledActionsDocument,
  type DisabledActionsQuery,
  EnableActionDocument,
} from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { find } from "./find.ts";
import { type Known, known } from "./known.ts";

type Disabled = NonNullable<DisabledActionsQuery["automation"]>["disabledActions"][number];

/** `antiphon automation enable-actions` */
export async function enableActions(
  given: string | undefined,
  options: { id?: string; output?: Format },
): Promise<void> {
  const found = known(await find(given, options));
  const { automation } = await request(DisabledActionsDocument, { id: found.id });
  const disabled = automation?.disabledActions ?? [];
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
    const often = one.failures === 1 ? "once" : `${one.failures} times in a row`;
    console.log(`${name}: ${actionText(found, one)} is carried out again; it had failed ${often}.`);
  }
}

/** Such as `actions[0], send-notification,`. */
function actionText({ document }: Known, { list, place }: Disabled): string {
  const actions = document[list];
  const action: unknown = Array.isArray(actions) ? actions[place] : undefined;
  const type = isPlainObject(action) ? `, ${plain(String(action.type))},` : "";
  return `${list}[${place}]${type}`;
}
