"use client";

import { Dialog } from "radix-ui";
import { useState } from "react";
import type { Issue } from "../../../core/error.ts";
import { JsonSchemaForm } from "../../form/json-schema-form.tsx";
import type { RunnableFragment } from "../../gql/graphql.ts";
import { newIdempotencyKey } from "../../lib/idempotency-key.ts";
import { Button } from "../../ui/button.tsx";
import { useShownRouter } from "../../ui/use-shown-router.ts";
import { useTimeZone } from "../../ui/use-time-zone.ts";
import { ownParameters, parameterSchema, startOfRun } from "./start-of-run.ts";
import { tagsOf } from "./tags-of.ts";
import { useStartRun } from "./use-start-run.ts";

interface Props {
  deployment: RunnableFragment;
  /** What is wrong with the parameters that it begins with. */
  issues?: readonly Issue[];
}

/** The form that starts a run, inside an open dialog. */
export function RunDialog({ deployment, issues }: Props) {
  const router = useShownRouter();
  const zone = useTimeZone();
  // One opening of the form is one run.
  const [idempotencyKey] = useState(newIdempotencyKey);
  const [defaults] = useState(() => ownParameters(deployment));
  const [name, setName] = useState("");
  const [tags, setTags] = useState("");
  const [start, setStart] = useState("");
  const startRun = useStartRun(deployment.id);
  return (
    <Dialog.Portal>
      <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
      <Dialog.Content className="dialog max-w-xl" aria-describedby={undefined}>
        <Dialog.Title className="text-base font-semibold wrap-anywhere">
          Run {deployment.fullName}
        </Dialog.Title>
        <div className="grid gap-x-3 gap-y-3 sm:grid-cols-2">
          <label className="flex flex-col gap-1.5 text-sm font-medium sm:col-span-2">
            <Optional>Name</Optional>
            <input
              value={name}
              onChange={(event) => setName(event.target.value)}
              className="control font-normal"
              placeholder="one is made up"
            />
          </label>
          <label className="flex flex-col gap-1.5 text-sm font-medium">
            <Optional>Tags</Optional>
            <input
              value={tags}
              onChange={(event) => setTags(event.target.value)}
              className="control font-normal"
              placeholder="beside the deployment's: a, b"
            />
          </label>
          <label className="flex flex-col gap-1.5 text-sm font-medium">
            <Optional>Start at</Optional>
            <input
              type="datetime-local"
              value={start}
              onChange={(event) => setStart(event.target.value)}
              className="control font-normal"
            />
            <span className="text-xs font-normal text-faint">
              {start === "" ? "At once." : `In the time of ${zone.name}.`}
            </span>
          </label>
        </div>
        <JsonSchemaForm
          schema={parameterSchema(deployment)}
          start={startOfRun(deployment)}
          defaults={defaults}
          issues={issues ?? []}
          label="Parameters"
          submitLabel={start === "" ? "Start the run" : "Schedule the run"}
          aside={
            <Dialog.Close asChild>
              <Button>Back</Button>
            </Dialog.Close>
          }
          onSubmit={async (parameters) => {
            const started = await startRun({
              parameters,
              name: name.trim() === "" ? null : name.trim(),
              tags: tagsOf(tags),
              scheduledTime: start === "" ? null : new Date(start).toISOString(),
              idempotencyKey,
            });
            switch (started.is) {
              case "started":
                await router.push(`/runs/${started.id}`);
                return [];
              case "refused":
                return started.issues;
              case "undelivered":
                return started;
            }
          }}
        />
      </Dialog.Content>
    </Dialog.Portal>
  );
}

function Optional({ children }: { children: string }) {
  return (
    <span>
      {children} <span className="ml-1 text-xs font-normal text-faint">optional</span>
    </span>
  );
}
