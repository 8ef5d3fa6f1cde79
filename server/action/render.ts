import { render } from "../../core/action/template.ts";
import type { Labels } from "../../core/event/event.ts";
import type { Json } from "../../core/json.ts";
import type { Occasion } from "./occasion.ts";

/** A JSON value with every template in it filled in, on an action's occasion. */
export async function renderJson(template: Json, { event }: Occasion): Promise<Json> {
  return render(template, { event: event === null ? null : { ...event, ...plain(event) } });
}

/** Labels as JSON that may be written. */
function plain({ resource, related }: { resource: Labels; related: readonly Labels[] }) {
  return { resource: { ...resource }, related: related.map((labels) => ({ ...labels })) };
}
