import { z } from "zod";
import { toJson } from "../../core/json.ts";
import { documentOf, shapes } from "../automation/document.ts";
import type { FlowDefinition } from "../flow/definition.ts";
import type { DeploymentInput } from "../gql/graphql.ts";
import { parametersSchema } from "./parameters-schema.ts";
import { type ScheduleOptions, schedulesInput } from "./schedule.ts";
import type { DeploymentTrigger } from "./trigger.ts";

/** What a deployment is called, and what its runs begin with. */
export interface DeploymentOptions extends ScheduleOptions {
  /** Unique among the deployments of its flow. */
  name: string;
  /** The flow's by default. */
  description?: string;
  /** The flow's by default. */
  version?: string;
  /** Each of its runs has them too. */
  tags?: string[];
  /**
   * Defaults; a run's own parameters are merged over them. Objects with `__prefect_kind` are placeholders, which the server
   * fills in for each run.
   */
  parameters?: object;
  /** Whether it starts nothing: its runs stay Scheduled until it is resumed. Where it is left out, an operator's pause survives. */
  paused?: boolean;
  /** The most of its runs that are under way at once, whoever runs them; no limit where it is left out. */
  concurrencyLimit?: number;
  /** What becomes of a run beyond the limit: it waits for a slot (ENQUEUE, the default), or is cancelled. */
  collisionStrategy?: "ENQUEUE" | "CANCEL_NEW";
  /** Whether parameters that do not satisfy the flow's schema are refused; true by default. The flow itself checks them when it runs. */
  enforceParameterSchema?: boolean;
  /**
   * Each becomes an automation of the deployment's own, which runs it. The list is the whole truth: serving again changes what
   * has changed, keeps what has not, and removes what is gone.
   */
  triggers?: DeploymentTrigger[];
}

/** A flow under a name by which its runs are started. */
export interface DeploymentDefinition {
  readonly flowName: string;
  readonly name: string;
}

/** The same with what serving it needs. */
export class FlowDeployment implements DeploymentDefinition {
  constructor(
    readonly flow: FlowDefinition,
    readonly name: string,
    /** How it is registered. */
    readonly input: DeploymentInput,
    /** As they were given. */
    readonly triggers: readonly DeploymentTrigger[] = [],
  ) {}

  get flowName(): string {
    return this.flow.name;
  }
}

const optionsKnown = new Set([
  ...["name", "description", "version", "tags", "parameters", "paused", "triggers"],
  ...["concurrencyLimit", "collisionStrategy", "enforceParameterSchema"],
  ...["schedules", "cron", "interval", "rrule"],
]);
const text = z.string().optional();
const deploymentOptions = z.object({
  name: z.string().min(1),
  description: text,
  version: text,
  tags: z.array(z.string()).optional(),
  parameters: z.object({}).loose().optional(),
  paused: z.boolean().optional(),
  concurrencyLimit: z.int().min(1).optional(),
  collisionStrategy: z.enum(["ENQUEUE", "CANCEL_NEW"]).optional(),
  enforceParameterSchema: z.boolean().optional(),
  triggers: z.array(z.object({}).loose()).optional(),
});

/** Throws for an option that is unknown or wrong, and where the parameters have no JSON Schema. */
export function defineDeployment(flow: FlowDefinition, options: DeploymentOptions): FlowDeployment {
  const where = `deployment of flow ${flow.name}`;
  const unknown = Object.entries(options).find(
    ([name, value]) => value !== undefined && !optionsKnown.has(name),
  );
  if (unknown) throw new TypeError(`${where}: there is no option ${JSON.stringify(unknown[0])}`);
  const parsed = deploymentOptions.safeParse(options);
  if (!parsed.success) throw new TypeError(`${where}: ${z.prettifyError(parsed.error)}`);
  if (/[/%]/.test(options.name)) {
    throw new TypeError(`${where}: the name ${JSON.stringify(options.name)} may not hold / or %`);
  }
  const parameters = toJson(options.parameters ?? {});
  if (!parameters.ok)
    throw new TypeError(`${where}: parameters.${parameters.path.join(".")} ${parameters.message}`);
  const triggers = options.triggers ?? [];
  const what = `the triggers of ${flow.name}/${options.name}`;
  const input = {
    flowName: flow.name,
    name: options.name,
    description: options.description ?? flow.description,
    version: options.version ?? flow.version,
    tags: options.tags ?? [],
    parameters: parameters.value,
    parameterSchema: parametersSchema(flow),
    ...(options.paused !== undefined && { paused: options.paused }),
    concurrencyLimit: options.concurrencyLimit ?? null,
    collisionStrategy: options.collisionStrategy ?? null,
    enforceParameterSchema: options.enforceParameterSchema ?? null,
    schedules: schedulesInput(where, options),
    ...(triggers.length > 0 && { triggers: documentOf(what, triggers, shapes.deploymentTrigger) }),
  };
  return new FlowDeployment(flow, options.name, input, triggers);
}
