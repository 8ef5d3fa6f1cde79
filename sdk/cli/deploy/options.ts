import { isPlainObject, type JsonObject } from "../../../core/json.ts";
import { UsageError } from "../failure.ts";
import { keyValues } from "../key-values.ts";
import { readCount } from "../read-count.ts";
import type { Format } from "../text/print.ts";

export interface DeployOptions {
  name?: string[];
  all?: boolean;
  file?: string;
  /** Another name of `file`. */
  prefectFile?: string;
  trigger?: string[];
  /** False with --no-triggers. */
  triggers: boolean;
  pool?: string;
  workQueue?: string;
  jobVariable?: string[];
  cron?: string[];
  interval?: string[];
  rrule?: string[];
  timezone?: string;
  param?: string[];
  tag?: string[];
  version?: string;
  description?: string;
  concurrencyLimit?: string;
  dryRun?: boolean;
  /** True with --save, false with --no-save. */
  save?: boolean;
  output?: Format;
}

/** What options say in place of fields of a deployment's document. */
export interface Overrides {
  /** In place of what the file says. */
  fields: JsonObject;
  parameters: JsonObject;
  workPool: JsonObject;
  jobVariables: JsonObject;
}

/** Throws UsageError for options that say nothing sensible. */
export function overridesOf(entrypoint: string | undefined, options: DeployOptions): Overrides {
  const limit = readCount("--concurrency-limit", options.concurrencyLimit);
  const schedules = schedulesOf(options);
  return {
    fields: {
      ...(entrypoint !== undefined && { entrypoint }),
      ...(options.tag && { tags: options.tag }),
      ...(options.version !== undefined && { version: options.version }),
      ...(options.description !== undefined && { description: options.description }),
      ...(limit !== null && { concurrency_limit: limit }),
      ...(schedules.length > 0 && { schedules }),
    },
    parameters: keyValues("--param", options.param ?? []),
    workPool: {
      ...(options.pool !== undefined && { name: options.pool }),
      ...(options.workQueue !== undefined && { work_queue_name: options.workQueue }),
    },
    jobVariables: keyValues("--job-variable", options.jobVariable ?? []),
  };
}

/** A deployment's document without what options say in its place: that need not be filled in. */
export function withoutOverridden(document: unknown, { fields }: Overrides, triggersToo: boolean): unknown {
  if (!isPlainObject(document)) return document;
  const gone = new Set([
    ...Object.keys(fields),
    ...("schedules" in fields ? ["schedule"] : []),
    ...(triggersToo ? ["triggers"] : []),
  ]);
  return Object.fromEntries(Object.entries(document).filter(([key]) => !gone.has(key)));
}

export function withOverrides(document: unknown, overrides: Overrides): unknown {
  if (!isPlainObject(document)) return document;
  const { fields, parameters, workPool, jobVariables } = overrides;
  const pool = laidOver(document.work_pool, {
    ...workPool,
    ...(Object.keys(jobVariables).length > 0 && {
      job_variables: laidOver(
        isPlainObject(document.work_pool) ? document.work_pool.job_variables : null,
        jobVariables,
      ),
    }),
  });
  return {
    ...document,
    ...fields,
    ...(Object.keys(parameters).length > 0 && { parameters: laidOver(document.parameters, parameters) }),
    ...(pool !== undefined && { work_pool: pool }),
  };
}

/** What is no object stays as it is, to be refused where it is read. */
function laidOver(value: unknown, over: Record<string, unknown>): unknown {
  if (Object.keys(over).length === 0) return value;
  if (value === null || value === undefined) return over;
  return isPlainObject(value) ? { ...value, ...over } : value;
}

function schedulesOf({ cron = [], interval = [], rrule = [], timezone }: DeployOptions): JsonObject[] {
  const zone: JsonObject = timezone === undefined ? {} : { timezone };
  const found: JsonObject[] = [
    ...cron.map((text) => ({ cron: text, ...zone })),
    ...interval.map((text) => ({ interval: seconds(text), ...zone })),
    ...rrule.map((text) => ({ rrule: text, ...zone })),
  ];
  if (found.length === 0 && timezone !== undefined)
    throw new UsageError("--timezone is of a schedule: give --cron, --interval or --rrule with it");
  return found;
}

/** A number of seconds; anything else is taken for a duration, and refused where it is none. */
function seconds(text: string): number | string {
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : text;
}
