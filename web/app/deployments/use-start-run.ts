"use client";

import { useMutation } from "urql";
import type { Issue } from "../../../core/error.ts";
import type { Json } from "../../../core/json.ts";
import type { Undelivered } from "../../form/undelivered.ts";
import { undelivered } from "../../lib/graphql/undelivered.ts";
import { runDeploymentDocument } from "./documents.ts";

/** What is given for one run; what is left out is the deployment's own. */
export interface RunWanted {
  parameters?: Json;
  name?: string | null;
  tags?: string[];
  /** ISO 8601; at once where it is left out. */
  scheduledTime?: string | null;
  idempotencyKey: string;
}

/** `refused`: the paths of its issues lead into the parameters; one about anything else has none, and says what it is about. */
export type Started =
  | { is: "started"; id: string }
  | { is: "refused"; issues: Issue[] }
  | ({ is: "undelivered" } & Undelivered);

/** Starts runs of a deployment. */
export function useStartRun(deployment: string): (wanted: RunWanted) => Promise<Started> {
  const [, run] = useMutation(runDeploymentDocument);
  return async (wanted) => {
    const { data, error } = await run({ deployment, ...wanted });
    if (data === undefined)
      return { is: "undelivered", ...undelivered(error, "Start it again: it counts once.") };
    const result = data.runDeployment;
    if (result.__typename === "FlowRun") return { is: "started", id: result.id };
    if (result.__typename === "InvalidInputError" && result.issues.length > 0)
      return { is: "refused", issues: result.issues.map(inParameters) };
    return { is: "undelivered", heading: "The run was not started", message: result.message };
  };
}

function inParameters({ path, message }: Issue): Issue {
  const [first, ...rest] = path;
  if (first === "parameters") return { path: rest, message };
  return { path: [], message: path.length === 0 ? message : `${path.join(".")}: ${message}` };
}
