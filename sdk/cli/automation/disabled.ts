import { isPlainObject } from "../../../core/json.ts";
import type { ShownAutomationFragment } from "../../gql/graphql.ts";
import { plain } from "../text/plain.ts";

/** An action that is carried out no more, since it failed so often in a row. */
export type Disabled = ShownAutomationFragment["disabledActions"][number];

/** Which action of the document it is, such as `actions[0], send-notification,`. */
export function placeText(document: Record<string, unknown>, { list, place }: Disabled): string {
  const actions = document[list];
  const action: unknown = Array.isArray(actions) ? actions[place] : undefined;
  const type = isPlainObject(action) ? `, ${plain(String(action.type))},` : "";
  return `${list}[${place}]${type}`;
}

/** Such as `20 times in a row`. */
export function oftenText({ failures }: Disabled): string {
  return failures === 1 ? "once" : `${failures} times in a row`;
}
