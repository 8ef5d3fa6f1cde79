"use client";

import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { useMutation } from "urql";
import { startOf } from "../../../core/form/start.ts";
import { toSend } from "../../../core/form/value.ts";
import { isJsonObject, type Json } from "../../../core/json.ts";
import { JsonSchemaForm } from "../../form/json-schema-form.tsx";
import { undelivered } from "../../lib/graphql/undelivered.ts";
import { newIdempotencyKey } from "../../lib/idempotency-key.ts";
import { jsonOf, schemaOf } from "../../lib/json-of.ts";
import { Button } from "../../ui/button.tsx";
import type { Deployment } from "./deployment-item.tsx";
import { runDeploymentDocument } from "./documents.ts";

/** Starts a run of a deployment, with a form of its parameters. */
export function RunDeployment({ deployment }: { deployment: Deployment }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [idempotencyKey, setKey] = useState("");
  const [, run] = useMutation(runDeploymentDocument);
  const change = (next: boolean) => {
    // Each opening of the form is one run.
    if (next) setKey(newIdempotencyKey());
    setOpen(next);
  };
  const submit = async (parameters: Json) => {
    const named = name.trim() === "" ? null : name.trim();
    const { data, error } = await run({ deployment: deployment.id, parameters, name: named, idempotencyKey });
    if (data === undefined) return undelivered(error, "Start it again: it counts once.");
    const result = data.runDeployment;
    if (result.__typename === "FlowRun") {
      router.push(`/runs/${result.id}`);
      return [];
    }
    if (result.__typename === "InvalidInputError" && result.issues.length > 0)
      return result.issues.map(({ path, message }) => ({
        path: path[0] === "parameters" ? path.slice(1) : path,
        message,
      }));
    return { heading: "The run was not started", message: result.message };
  };
  return (
    <Dialog.Root open={open} onOpenChange={change}>
      <Dialog.Trigger asChild>
        <Button size="small" aria-label={`Run ${deployment.fullName}`}>
          Run
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content className="dialog max-w-xl" aria-describedby={undefined}>
          <Dialog.Title className="text-base font-semibold wrap-anywhere">
            Run {deployment.fullName}
          </Dialog.Title>
          <label className="flex flex-col gap-1.5 text-sm font-medium">
            <span>
              Name <span className="ml-1 text-xs font-normal text-faint">optional</span>
            </span>
            <input
              value={name}
              onChange={(event) => setName(event.target.value)}
              className="control font-normal"
              placeholder="one is chosen"
            />
          </label>
          <JsonSchemaForm
            schema={parameterSchema(deployment)}
            start={startOfParameters(deployment)}
            label="Parameters"
            submitLabel="Start the run"
            aside={
              <Dialog.Close asChild>
                <Button>Back</Button>
              </Dialog.Close>
            }
            onSubmit={submit}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A flow that does not say what it takes takes any object. */
function parameterSchema({ parameterSchema: schema }: Deployment) {
  return schema === null || schema === undefined
    ? ({ type: "object", additionalProperties: true } as const)
    : schemaOf(schema);
}

/** The deployment's own parameters stand before the schema's defaults. */
function startOfParameters(deployment: Deployment): Json {
  const defaults = toSend(startOf(parameterSchema(deployment))) ?? {};
  const own = jsonOf(deployment.parameters);
  return isJsonObject(defaults) && isJsonObject(own) ? { ...defaults, ...own } : own;
}
