"use client";

import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import type { Issue } from "../../core/error.ts";
import type { Json } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import { JsonSchemaForm } from "../form/json-schema-form.tsx";
import type { Undelivered } from "../form/undelivered.ts";
import { Button } from "./button.tsx";

interface Props {
  trigger: ReactNode;
  title: string;
  schema: JsonSchema;
  /** What to begin with in place of the schema's defaults. */
  start?: Json;
  submitLabel: string;
  /** Sends the value; gives what is wrong with it, or why that cannot be said; nothing where it was taken: then the dialog closes. */
  onSubmit: (value: Json) => Promise<readonly Issue[] | Undelivered>;
}

/** A small form that opens over the page. */
export function FormDialog({ trigger, title, schema, start, submitLabel, onSubmit }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content className="dialog max-w-lg" aria-describedby={undefined}>
          <Dialog.Title className="text-base font-semibold wrap-anywhere">{title}</Dialog.Title>
          <JsonSchemaForm
            schema={schema}
            {...(start === undefined ? {} : { start })}
            label={title}
            submitLabel={submitLabel}
            aside={
              <Dialog.Close asChild>
                <Button>Back</Button>
              </Dialog.Close>
            }
            onSubmit={async (value) => {
              const answer = await onSubmit(value);
              if (!("heading" in answer) && answer.length === 0) setOpen(false);
              return answer;
            }}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
