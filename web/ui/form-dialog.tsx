"use client";

import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import type { Issue } from "../../core/error.ts";
import type { Json } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import { JsonSchemaForm } from "../form/json-schema-form.tsx";
import type { Undelivered } from "../form/undelivered.ts";
import { Button } from "./button.tsx";
import { DialogFrame } from "./dialog-frame.tsx";

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
    <DialogFrame open={open} onOpenChange={setOpen} trigger={trigger} title={title}>
      <JsonSchemaForm
        schema={schema}
        {...(start === undefined ? {} : { start })}
        label="Fields"
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
    </DialogFrame>
  );
}
