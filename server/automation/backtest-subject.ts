import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import { assignIds } from "../../core/trigger/ids.ts";
import { parseTriggerDocument, parseTriggerInput } from "../../core/trigger/parse.ts";
import type { Trigger } from "../../core/trigger/trigger.ts";
import type { Context } from "../context.ts";
import { triggerLimits } from "./check-definition.ts";
import { ofRecord } from "./of-record.ts";

/** Whose trigger is looked at: exactly one is given. */
export interface GivenSubject {
  trigger?: object | null | undefined;
  /** A trigger's document. */
  document?: unknown;
  automationId?: string | null | undefined;
}

export interface BacktestSubject {
  trigger: Trigger;
  /** Null where the trigger belongs to none. */
  automation: { automationId: string; triggerVersion: number } | null;
}

/**
 * The trigger of a backtest; that of an automation as it is now.
 *
 * @throws InvalidInputError, NotFoundError
 */
export async function backtestSubject(ctx: Context, given: GivenSubject): Promise<BacktestSubject> {
  const { trigger, document, automationId } = given;
  const named = [trigger, document, automationId].filter((one) => one != null);
  if (named.length !== 1) {
    const message = `give exactly one of \`trigger\`, \`document\` and \`automationId\`; ${named.length} are given`;
    throw InvalidInputError.at([], message);
  }
  if (automationId != null) return ofAutomation(ctx, automationId);
  const limits = triggerLimits(ctx.settings);
  const definition =
    trigger == null ? parseTriggerDocument(document, limits) : parseTriggerInput(trigger, limits);
  return { trigger: assignIds(definition, ctx.newId), automation: null };
}

async function ofAutomation(ctx: Context, id: string): Promise<BacktestSubject> {
  const row = isId(id) ? await ctx.prisma.automation.findFirst({ where: { id, deletedAt: null } }) : null;
  if (row === null) throw new NotFoundError("automation", id);
  const automation = { automationId: row.id, triggerVersion: row.triggerVersion };
  return { trigger: ofRecord(row).trigger, automation };
}
