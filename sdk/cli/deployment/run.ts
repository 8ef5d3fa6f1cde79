import { randomUUID } from "node:crypto";
import { isPlainObject } from "../../../core/json.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { RunDeploymentDocument } from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { keyValues } from "../key-values.ts";
import { readJson } from "../read-json.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { timeText } from "../text/time.ts";
import { findDeployment } from "./find.ts";
import { startTime } from "./start-time.ts";
import { typedParameters } from "./typed-parameters.ts";

interface RunOptions {
  param?: string[];
  params?: string;
  jobVariable?: string[];
  workQueue?: string;
  name?: string;
  tag?: string[];
  at?: string;
  in?: string;
  idempotencyKey?: string;
  watch?: boolean;
  output?: Format;
}

/** `antiphon deployment run`: with --watch until the run has ended; the exit code is 1 then unless it completed. */
export async function run(given: string, options: RunOptions): Promise<void> {
  const { output } = options;
  if (options.watch && output === "yaml")
    throw new UsageError("--watch tells programs in JSON, an object a line: give --json");
  const written = await whole(options.params);
  const jobVariables = keyValues("--job-variable", options.jobVariable ?? []);
  const scheduledTime = startTime(options, new Date());
  const { id, fullName, parameterSchema } = await findDeployment(given);
  // A schema, as the server checked it when the deployment was registered.
  const typed = typedParameters(parameterSchema as JsonSchema | null, options.param ?? []);
  const parameters = { ...written, ...typed };
  const { runDeployment: result } = await request(RunDeploymentDocument, {
    deployment: id,
    parameters,
    name: options.name ?? null,
    tags: options.tag ?? [],
    scheduledTime,
    idempotencyKey: options.idempotencyKey ?? randomUUID(),
    jobVariables: Object.keys(jobVariables).length > 0 ? jobVariables : null,
    workQueue: options.workQueue ?? null,
    parent: null,
  });
  if (result.__typename === "StaleExecutionError") throw new Failure(result.message);
  if (result.__typename !== "FlowRun") throw new Failure(refusalText(`a run of ${fullName}`, result));
  const { __typename, ...created } = result;
  if (output && !options.watch) process.stdout.write(documentText(created, output));
  else if (output) console.log(JSON.stringify(created));
  else {
    const when = scheduledTime === null ? "" : `, to start at ${timeText(scheduledTime)}`;
    console.log(`Created run ${plain(result.name)} of ${plain(fullName)}${when}: ${result.uiUrl}`);
  }
  if (!options.watch) return;
  const [{ watch }, { logs }] = await Promise.all([import("../run/watch.ts"), import("../run/logs.ts")]);
  const json = output === "json" ? ({ output } as const) : {};
  await Promise.all([watch(result.id, json), logs(result.id, { follow: true, ...json })]);
}

async function whole(given: string | undefined): Promise<Record<string, unknown>> {
  if (given === undefined) return {};
  const value = await readJson("--params", given, `--params '{"count": 3}'`);
  if (isPlainObject(value)) return value;
  throw new UsageError(`--params must be an object, such as --params '{"count": 3}'`);
}
