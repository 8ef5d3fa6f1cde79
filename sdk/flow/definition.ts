import type { z } from "zod";

/** What a flow is called, and how it is tried. */
export interface FlowOptions<P extends z.ZodType = z.ZodType> {
  /** By which it is known everywhere. */
  name: string;
  /** For people. */
  description?: string;
  /** Of its code; for people. */
  version?: string;
  /** Parameters, checked before the code runs; their JSON Schema becomes the deployment's. */
  parameters?: P;
  /** How often a failed attempt is followed by another; none by default. */
  retries?: number;
  /** Before each retry, 0 by default; a list gives the first, the second, …, the last of it all further ones. */
  retryDelaySeconds?: number | number[];
  /** Of one attempt; no limit by default. */
  timeoutSeconds?: number;
  /** Whether the time in which the run or a subflow of it is paused counts for `timeoutSeconds`; false by default. */
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
