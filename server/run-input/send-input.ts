import sql from "sql-template-tag";
import { InvalidInputError, type Issue, NotFoundError, StateConflictError } from "../../core/error.ts";
import type { ToldRun } from "../../core/flow-run/told-run.ts";
import { isId } from "../../core/id.ts";
import { type Json, jsonProblem } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import { causedBy, sentEvent } from "../../core/run-input/input-event.ts";
import { valueInputType } from "../../core/run-input/input-type.ts";
import { defaultKeyPrefix, messageKey } from "../../core/run-input/keyset.ts";
import type { Context } from "../context.ts";
import { type ExecutionRef, findCurrent } from "../flow-run/execution.ts";
import { findRun, type Run, runAsCreator, stateFacts, toldRun } from "../flow-run/run.ts";
import { checks } from "../json-schema/checks.ts";
import { perDb, Recent } from "../recent.ts";
import { channelIssues, channelName } from "./channel.ts";
import { idempotencyKeyIssue } from "./idempotency-key.ts";
import { InputWriter } from "./input-writer.ts";
import { rememberInput } from "./known-inputs.ts";
import { rowOfRemoved } from "./removed-input.ts";
import type { RunInputRow } from "./row.ts";

export interface SendInputArgs {
  flowRunId: string;
  /** May be left out for a string, number, boolean or null. */
  inputType?: string | null | undefined;
  /** Left out: null is sent. */
  value?: unknown;
  sender?: string | null | undefined;
  keyPrefix?: string | null | undefined;
  /** The key of the input that this answers. */
  inReplyTo?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
  schemaDigest?: string | null | undefined;
  /** The execution that sends, where a run does; it is the sender where none is named. */
  from?: ExecutionRef | null | undefined;
}

/**
 * Stores a message for a run that has not ended; the run need not be listening. Where its channel's schema is known the
 * value is checked against it first.
 *
 * @returns the stored row, or the one stored before under the idempotency key; of one that is gone since, the value is null
 * @throws NotFoundError
 * @throws StateConflictError FINISHED
 * @throws InvalidInputError
 * @throws StaleExecutionError of the sender
 */
export async function sendInput(ctx: Context, args: SendInputArgs): Promise<RunInputRow> {
  if (!isId(args.flowRunId)) throw new NotFoundError("flow run", args.flowRunId);
  const by = args.from ? await findCurrent(ctx.db, args.from) : null;
  // GraphQL's JSON is JSON; what is left out is null.
  const value = (args.value ?? null) as Json;
  const inputType = args.inputType ?? valueInputType(value);
  const issues = sendIssues(ctx, args, { value, inputType, by });
  if (inputType === null || issues.length > 0) return refuseUnlessKnown(ctx, args, issues);
  const channel = channelName({ inputType, keyPrefix: args.keyPrefix });
  const id = ctx.newId();
  const flowRunId = args.flowRunId.toLowerCase();
  const content = {
    id,
    key: messageKey(args.keyPrefix ?? defaultKeyPrefix(inputType), id),
    inputType,
    keyPrefix: args.keyPrefix ?? null,
    inReplyTo: args.inReplyTo ?? null,
  };
  const sender = args.sender ?? (by === null ? null : runAsCreator(by).resource);
  const told = causedBy(await learnRun(ctx, flowRunId), by);
  const message = {
    ...content,
    flowRunId,
    schemaDigest: args.schemaDigest ?? null,
    channel,
    value: JSON.stringify(value),
    sender,
    event: JSON.stringify(sentEvent(ctx.newId(), told, content, sender)),
    idempotencyKey: args.idempotencyKey ?? null,
  };
  for (;;) {
    const known = schemas(ctx.db).get(`${message.flowRunId} ${channel}`);
    const checked = known === undefined ? null : checks.get(known.schema)(value);
    if (checked?.ok === false) {
      // A refusal must stand on the schema of now: where the receiver has a newer one, the value is checked again.
      const now = await learnSchema(ctx, message.flowRunId, channel);
      if (now?.digest !== known?.digest) continue;
      return refuseUnlessKnown(ctx, args, checked.issues);
    }
    const written = await writer(ctx.db).write({ ...message, checkedDigest: known?.digest ?? null });
    switch (written.verdict) {
      case "STORED":
        rememberInput(ctx, written.row, message.value.length);
        ctx.bus.notify(`inputs:${message.flowRunId}`, "events");
        return written.row;
      case "KNOWN":
        return written.row;
      case "NO_RUN":
        throw new NotFoundError("flow run", args.flowRunId);
      case "FINISHED":
        throw await finished(ctx, args.flowRunId);
      case "SCHEMA":
        await learnSchema(ctx, message.flowRunId, channel);
    }
  }
}

interface ChannelSchema {
  digest: string;
  schema: JsonSchema;
}

/** All callers of a process are written together. */
const writer = perDb((db) => new InputWriter(db));

/** Channels' schemas as last read, by run and channel; the writing statement says when one is out of date. */
const schemas = perDb(() => new Recent<ChannelSchema>(10_000));

/**
 * Runs as their events show them: next to nothing of it ever changes. Whoever asks while one is being read waits for the
 * same answer, so that messages stay in the order in which they were sent.
 */
const toldRuns = perDb(() => new Recent<Promise<ToldRun>>(2_000));

/** @throws NotFoundError */
function learnRun(ctx: Context, flowRunId: string): Promise<ToldRun> {
  const known = toldRuns(ctx.db).get(flowRunId);
  if (known !== undefined) return known;
  const learned = findRun(ctx.db, flowRunId).then((run) => {
    if (run === null) throw new NotFoundError("flow run", flowRunId);
    return toldRun(run);
  });
  toldRuns(ctx.db).set(flowRunId, learned);
  learned.catch(() => toldRuns(ctx.db).delete(flowRunId));
  return learned;
}

async function learnSchema(ctx: Context, flowRunId: string, channel: string): Promise<ChannelSchema | null> {
  const name = `${flowRunId} ${channel}`;
  const [found] = await ctx.db.query<ChannelSchema>(sql`
    SELECT schema_digest AS digest, schema FROM input_channel
    WHERE flow_run_id = ${flowRunId}::uuid AND name = ${channel} AND schema_digest IS NOT NULL`);
  if (found === undefined) schemas(ctx.db).delete(name);
  else schemas(ctx.db).set(name, found);
  return found ?? null;
}

function sendIssues(
  ctx: Context,
  args: SendInputArgs,
  { value, inputType, by }: { value: Json; inputType: string | null; by: Run | null },
): Issue[] {
  if (inputType === null) {
    const message =
      "a type is needed for an array or an object; it can be left out only for a string, number, boolean or null";
    return [{ path: ["inputType"], message }];
  }
  const keyIssue = idempotencyKeyIssue(args.idempotencyKey);
  const issues = channelIssues({ inputType, keyPrefix: args.keyPrefix }, []);
  if (keyIssue !== null) issues.unshift(keyIssue);
  const problem = jsonProblem(value, { maxBytes: ctx.settings.maxValueBytes });
  if (problem !== null) issues.push(problem);
  for (const field of ["sender", "inReplyTo", "schemaDigest"] as const) {
    const text = args[field] ?? "";
    const wrong =
      text.length > 1000
        ? { message: `it has ${text.length} characters; at most 1000 are taken` }
        : jsonProblem(text);
    if (wrong !== null) issues.push({ path: [field], message: wrong.message });
    else if (field === "sender" && isOfAnotherRun(text, by)) issues.push(foreignSender(text));
  }
  return issues;
}

/** Whoever responds to a message sends to the run that it names: only that run's own code may name it. */
function isOfAnotherRun(sender: string, by: Run | null): boolean {
  const name = sender.trim().toLowerCase();
  return name.startsWith("prefect.flow-run.") && (by === null || name !== runAsCreator(by).resource);
}

function foreignSender(sender: string): Issue {
  const message = `${JSON.stringify(sender)} names a run, and only what that run itself sends goes by its name: leave the sender out, or give another name`;
  return { path: ["sender"], message };
}

/** What holds before the value does: no such run, a key that was used before, an ended run. */
async function refuseUnlessKnown(ctx: Context, args: SendInputArgs, issues: Issue[]): Promise<RunInputRow> {
  const run = await findRun(ctx.db, args.flowRunId);
  if (run === null) throw new NotFoundError("flow run", args.flowRunId);
  if (args.idempotencyKey != null && idempotencyKeyIssue(args.idempotencyKey) === null) {
    const [known] = await ctx.db.query<RunInputRow>(sql`
      SELECT * FROM run_input WHERE flow_run_id = ${run.id}::uuid AND idempotency_key = ${args.idempotencyKey}
      UNION ALL SELECT r.* FROM removed_input x, ${rowOfRemoved} r
        WHERE x.flow_run_id = ${run.id}::uuid AND x.idempotency_key = ${args.idempotencyKey}`);
    if (known !== undefined) return known;
  }
  if (["COMPLETED", "FAILED", "CRASHED", "CANCELLED"].includes(run.stateType))
    throw await finished(ctx, run.id);
  throw new InvalidInputError(issues);
}

async function finished(ctx: Context, flowRunId: string): Promise<Error> {
  const run = await findRun(ctx.db, flowRunId);
  if (run === null) return new NotFoundError("flow run", flowRunId);
  return new StateConflictError(
    "FINISHED",
    stateFacts(run),
    `flow run ${run.id} has ended as ${run.stateName}: it takes no more inputs`,
  );
}
