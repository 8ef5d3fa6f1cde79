import type { Json } from "../../core/json.ts";
import { planRendering } from "../../core/template/rendering.ts";
import type { TemplateContext } from "../../core/template/value.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { loadTemplateContext } from "../template/context.ts";
import type { SeenFiring, TemplateOccasion } from "../template/occasion.ts";
import { type PlacedValues, readPlacedVariables } from "../variable/read-placed-variables.ts";
import type { Occasion } from "./occasion.ts";

/** A value with everything in it filled in, and where in the one before a placeholder for a secret variable was. */
export interface Rendered extends Pick<PlacedValues, "secretPlaces"> {
  readonly value: Json;
}

/**
 * A JSON value with every template in it filled in, on an action's occasion.
 *
 * @param kinds whether objects with a kind are placeholders, as they are in parameters
 * @param strict whether an undefined name is an error
 * @throws TemplateError
 * @throws UnresolvedError
 */
export async function renderJson(
  db: Executor,
  ctx: Context,
  value: Json,
  occasion: Occasion,
  { kinds, strict = false }: { kinds: boolean; strict?: boolean | undefined },
): Promise<Rendered> {
  const { templates, variables: placed } = planRendering(value, kinds);
  const context = await contextOf(
    db,
    ctx,
    templates.map(({ source }) => source),
    occasion,
  );
  const { values: variables, secretPlaces } = await readPlacedVariables(db, ctx, placed);
  return {
    value: await ctx.templates.renderValue(value, context, { kinds, strict, variables }),
    secretPlaces,
  };
}

/** What these templates can speak of on an action's occasion. Load it once for all templates of the action. */
export async function contextOf(
  db: Executor,
  ctx: Context,
  sources: readonly string[],
  occasion: Occasion,
): Promise<TemplateContext> {
  const names = await ctx.templates.names(sources);
  return names.size === 0 ? {} : loadTemplateContext(db, templateOccasion(occasion), names, ctx.now());
}

function templateOccasion({ run, event, firingEvent, members }: Occasion): TemplateOccasion {
  const outer: SeenFiring = {
    id: run.firingId,
    triggerId: run.triggerId,
    state: run.state,
    triggered: run.triggered,
    labels: run.triggeringLabels,
    event: firingEvent,
    metricValue: run.metricValue,
  };
  const inner = members.map(({ firing, event: own }): SeenFiring => {
    const { triggerId, labels } = firing;
    const triggered = new Date(firing.time);
    return { id: null, triggerId, state: "Triggered", triggered, labels, event: own, metricValue: null };
  });
  return {
    automation: { id: run.automationId, ...run.automation },
    event,
    labels: run.triggeringLabels,
    firings: [outer, ...inner],
  };
}
