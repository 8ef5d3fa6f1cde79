import type { FailedOutcome } from "../../core/action/action-event.ts";
import type { Labels } from "../../core/event/event.ts";
import { relatedResource } from "../../core/flow-run/told-run.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import type { OpenedBlock } from "../block/open-block.ts";
import type { Outcome } from "../channel/outcome.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { failureOf } from "./effect.ts";
import type { Occasion } from "./occasion.ts";
import type { OutsideOutcome } from "./outside.ts";
import { contextOf } from "./render.ts";

/** The block and its type, as the events of an action are related to them. */
export function blockRelated(block: OpenedBlock | null): Labels[] {
  if (block === null) return [];
  return [
    relatedResource(`prefect.block-document.${block.id}`, "block", block.name),
    relatedResource(`prefect.block-type.${block.type.slug}`, "block-type", block.type.name),
  ];
}

/** The failure of a block that cannot be used. */
export function blockFailure(block: OpenedBlock | null, reason: string): FailedOutcome {
  const result: JsonObject = block === null ? { status_code: 404 } : {};
  return { status: "FAILED", reason, related: blockRelated(block), result };
}

/** Texts with their templates filled in, or the failure of one that cannot be. */
export async function renderTexts(
  db: Executor,
  ctx: Context,
  texts: readonly string[],
  occasion: Occasion,
  strict: boolean,
): Promise<string[] | Omit<FailedOutcome, "related">> {
  try {
    return await ctx.templates.renderText(texts, await contextOf(db, ctx, texts, occasion), { strict });
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return failure;
  }
}

/** @param withLog whether a failure's result has what happened, line by line */
export function outsideOutcome(outcome: Outcome, withLog: boolean): OutsideOutcome {
  const { details, log } = outcome;
  const result = withLog ? { ...details, log: [...log] } : { ...details };
  switch (outcome.kind) {
    case "done":
      return { status: "SUCCEEDED", result: { ...details } };
    case "refused":
      return { status: "FAILED", reason: outcome.reason, result };
    case "again":
      return { status: "RETRY", reason: outcome.reason, result, retryAfter: outcome.after };
  }
}

/** A text among what was prepared. */
export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
