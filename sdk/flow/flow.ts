import type { z } from "zod";
import type { DeploymentDefinition, DeploymentOptions } from "../deployment/definition.ts";
import { defineDeployment } from "../deployment/definition.ts";
import { type DeployOptions, deploy } from "../deployment/deploy.ts";
import { rememberFlow } from "../serve/assignment.ts";
import { type ServeOptions, serve } from "../serve/serve.ts";
import { callFlow } from "./call-flow.ts";
import type { FlowDefinition, FlowOptions } from "./definition.ts";
import { checkRetryOptions } from "./retry-delay.ts";

/** Calling a flow runs it here and now, as a flow run of its own, deployment or not. */
export interface Flow<In, Out> {
  // biome-ignore lint/complexity/noBannedTypes: asks whether nothing at all would do as parameters
  (...parameters: {} extends In ? [parameters?: In] : [parameters: In]): Promise<Out>;
  readonly name: string;
  /** For `serve`, which takes several. */
  toDeployment(options: DeploymentOptions): DeploymentDefinition;
  /**
   * Registers the deployment (named as the flow where no name is given), then runs its runs from this script until
   * it is stopped.
   */
  serve(
    options?: Partial<Pick<DeploymentOptions, "name">> & Omit<DeploymentOptions, "name"> & ServeOptions,
  ): Promise<void>;
  /** Registers the deployment on a work pool, whose workers run it (`antiphon worker start --pool …`). Nothing is run by it. */
  deploy(options: DeployOptions): Promise<{ id: string }>;
}

/** Makes a flow of a function. */
export function flow<P extends z.ZodType, R>(
  options: FlowOptions<P> & { parameters: P },
  run: (parameters: z.output<P>) => Promise<R> | R,
): Flow<z.input<P>, R>;
export function flow<R>(options: FlowOptions | string, run: () => Promise<R> | R): Flow<void, R>;
export function flow(
  options: FlowOptions | string,
  run: (parameters: never) => unknown,
): Flow<unknown, unknown> {
  const definition = define(typeof options === "string" ? { name: options } : options, run);
  const call = (parameters?: unknown) => callFlow(definition, parameters);
  Object.defineProperty(call, "name", { value: definition.name });
  const made: Flow<unknown, unknown> = Object.assign(call, {
    toDeployment: (deployment: DeploymentOptions) => defineDeployment(definition, deployment),
    serve: async ({
      limit,
      pauseOnShutdown,
      signal,
      entrypoint,
      ...deployment
    }: Partial<DeploymentOptions> & ServeOptions = {}) =>
      serve(defineDeployment(definition, { ...deployment, name: deployment.name ?? definition.name }), {
        ...(limit === undefined ? {} : { limit }),
        ...(pauseOnShutdown === undefined ? {} : { pauseOnShutdown }),
        ...(signal === undefined ? {} : { signal }),
        ...(entrypoint === undefined ? {} : { entrypoint }),
      }),
    deploy: (deployment: DeployOptions) => deploy(definition, deployment),
  });
  rememberFlow(made);
  return made;
}

function define(options: FlowOptions, run: (parameters: never) => unknown): FlowDefinition {
  const { name } = options;
  if (typeof name !== "string" || name === "") throw new TypeError("flow: a flow needs a name");
  if (/[/%]/.test(name)) throw new TypeError(`flow: the name ${JSON.stringify(name)} may not hold / or %`);
  checkRetryOptions(`flow ${name}`, options);
  return {
    name,
    description: options.description ?? null,
    version: options.version ?? null,
    parameters: options.parameters ?? null,
    retries: options.retries ?? 0,
    retryDelaySeconds: options.retryDelaySeconds ?? 0,
    timeoutSeconds: options.timeoutSeconds ?? null,
    countPausedTime: options.countPausedTime ?? false,
    run: run as (parameters: unknown) => unknown, // what its schema's output is, which is checked at each call
  };
}
