import type { JsonObject } from "../json.ts";

/** What an action acts upon: what its definition names, or what the triggering event is about. */
export type Target = { readonly source: "selected"; readonly id: string } | { readonly source: "inferred" };

/** Does nothing but leave its events: for trying out triggers. */
export interface DoNothing {
  readonly type: "do-nothing";
}

/** Makes a run of a deployment. */
export interface RunDeployment {
  readonly type: "run-deployment";
  readonly deployment: Target;
  /** Laid over the deployment's own; strings anywhere in it may be templates. Null for none. */
  readonly parameters: JsonObject | null;
  /** Seconds from the firing. */
  readonly scheduleAfter: number;
}

/** What an automation does when it fires, checked and with every default filled in. */
export type Action = DoNothing | RunDeployment;
