import type { ShownEvent } from "../../core/action/firing-event.ts";
import type { StoredAutomation } from "../../core/automation/automation.ts";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import type { Labels } from "../../core/event/event.ts";
import { isId } from "../../core/id.ts";
import type { Json } from "../../core/json.ts";
import { templatesIn, UnresolvedError } from "../../core/template/rendering.ts";
import { placeOf, TemplateError } from "../../core/template/template-error.ts";
import { bucketKey, keyAsLabels } from "../../core/trigger/key.ts";
import { readInvolved } from "../action/read-involved.ts";
import { ofRecord } from "../automation/of-record.ts";
import type { Context } from "../context.ts";
import { loadTemplateContext } from "./context.ts";
import type { SeenFiring } from "./occasion.ts";

export interface TemplatePreview {
  text: string;
  /** Where the template is one whole expression; undefined where it is not. */
  value: Json | undefined;
}

/**
 * A template rendered over a stored event, as an automation would see it that this event fires.
 *
 * @throws InvalidInputError where the template is wrong, or cannot be rendered over this event
 * @throws NotFoundError
 */
export async function previewTemplate(
  ctx: Context,
  args: { template: string; eventId: string; automationId: string | null },
): Promise<TemplatePreview> {
  const { template } = args;
  const automation = await findAutomation(ctx, args.automationId);
  const [event] = isId(args.eventId) ? await readInvolved(ctx.db, [args.eventId]) : [];
  if (event === undefined) throw new NotFoundError("event", args.eventId);
  const [problems = []] = await ctx.templates.check([template]);
  if (problems.length > 0)
    throw new InvalidInputError(
      problems.map((problem) => ({ path: ["template"], message: `${problem.message}${placeOf(problem)}` })),
    );
  const names = await ctx.templates.names([template]);
  const labels = triggeringLabels(automation, event);
  const firing: SeenFiring = {
    id: null,
    triggerId: automation?.trigger.id ?? null,
    state: "Triggered",
    triggered: new Date(event.occurred),
    labels,
    event,
    metricValue: null,
  };
  const occasion = { automation, event, labels, firings: [firing] };
  const context = await loadTemplateContext(ctx.db, occasion, names, ctx.now());
  try {
    const [text = ""] = await ctx.templates.renderText([template], context);
    const isWhole = templatesIn(template)[0]?.as === "value";
    return { text, value: isWhole ? await ctx.templates.renderValue(template, context) : undefined };
  } catch (error) {
    if (!(error instanceof TemplateError || error instanceof UnresolvedError)) throw error;
    throw InvalidInputError.at(["template"], error.message);
  }
}

async function findAutomation(
  ctx: Context,
  id: string | null,
): Promise<({ id: string } & StoredAutomation) | null> {
  if (id === null) return null;
  const row = isId(id) ? await ctx.prisma.automation.findFirst({ where: { id, deletedAt: null } }) : null;
  if (row === null) throw new NotFoundError("automation", id);
  return { id: row.id, ...ofRecord(row) };
}

/** The values of the trigger's `for_each` labels in the event. */
function triggeringLabels(automation: StoredAutomation | null, event: ShownEvent): Labels {
  if (automation?.trigger.type !== "event") return {};
  const { forEach } = automation.trigger;
  return keyAsLabels(forEach, bucketKey(forEach, event));
}
