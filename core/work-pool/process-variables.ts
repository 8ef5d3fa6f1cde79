import type { JsonObject } from "../json.ts";

/** What the workers of a pool of type `process` know of job variables; others are kept, and do nothing. */
export const processVariables: JsonObject = {
  type: "object",
  properties: {
    env: {
      type: "object",
      title: "Environment",
      description:
        "Environment variables of the run's process, over those of the worker; null takes one away.",
      additionalProperties: { type: ["string", "null"] },
    },
    command: {
      type: ["string", "null"],
      title: "Command",
      description:
        "What runs the script in place of the worker's own `node`, with its arguments, split at blanks: `node --max-old-space-size=512`.",
      minLength: 1,
    },
    working_dir: {
      type: ["string", "null"],
      title: "Working directory",
      description:
        "The folder that the process runs in; that of the deployment's files where it is left out.",
      minLength: 1,
    },
  },
};
