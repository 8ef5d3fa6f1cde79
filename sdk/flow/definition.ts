import type { z } from "zod";

export interface FlowOptions<P extends z.ZodType = z.ZodType> {
  name: string;
  description?: string;
  version?: string;
  /** Parameters, checked before the code runs; their JSON Schema becomes the deployment's. */
  parameters?: P;
  /** How often a failed attempt is followed by another; none by default. */
  retries?: number;
  /** Before each retry; a list gives the first, the second, …, the last of it all further ones. */
  retryDelaySeconds?: number | number[];
  /** Of one attempt. */
  timeoutSeconds?: number;
  /** Whether the time in which the run is paused counts for `timeoutSeconds`; false by default. */
  countPausedTime?: boolean;
}

/** A flow as the SDK runs it. */
export interface FlowDefinition {
  name: string;
  description: string | null;
  version: string | null;
  parameters: z.ZodType | null;
  retries: number;
  retryDelaySeconds: number | number[];
  timeoutSeconds: number | null;
  countPausedTime: boolean;
  run(parameters: unknown): unknown;
}
