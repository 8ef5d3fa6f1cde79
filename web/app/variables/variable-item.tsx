"use client";

import { useRouter } from "next/navigation";
import { useMutation } from "urql";
import type { VariablesQuery } from "../../gql/graphql.ts";
import { refusedText } from "../../lib/graphql/refused.ts";
import { jsonOf } from "../../lib/json-of.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Ago } from "../../ui/time.tsx";
import { deleteVariableDocument } from "./documents.ts";
import { SetVariable } from "./set-variable.tsx";
import { typeWord } from "./typed-value.ts";

export type Variable = VariablesQuery["variables"][number];

/** One variable of the list. */
export function VariableItem({ variable }: { variable: Variable }) {
  const router = useRouter();
  const [, remove] = useMutation(deleteVariableDocument);
  const { name, updatedAt } = variable;
  const value = jsonOf(variable.value);
  const confirm = async () => {
    const { data, error } = await remove({ name });
    if (data === undefined) return refusedText(undefined, error);
    router.refresh();
    return null;
  };
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 text-sm">
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
        <h2 className="flex flex-wrap items-center gap-x-1">
          <span className="min-w-0 font-mono text-[13px] font-medium wrap-anywhere">{name}</span>
          <CopyButton text={`{{ variables['${name}'] }}`} what={`how a template names ${name}`} />
        </h2>
        <pre className="max-h-40 overflow-auto font-mono text-[12.5px] leading-relaxed whitespace-pre-wrap wrap-anywhere text-soft">
          {typeof value === "string" ? value : JSON.stringify(value, null, 2)}
        </pre>
      </div>
      <div className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 sm:w-auto">
        <span className="mr-auto text-xs text-soft">
          <span className="text-faint">{typeWord(value)},</span> set <Ago at={updatedAt} />
        </span>
        <SetVariable
          variable={{ name, value }}
          trigger={
            <Button size="small" look="quiet" aria-label={`Edit ${name}`}>
              Edit
            </Button>
          }
        />
        <ConfirmDialog
          trigger={
            <Button size="small" look="quiet" aria-label={`Delete ${name}`}>
              Delete
            </Button>
          }
          title={`Delete ${name}?`}
          action="Delete the variable"
          look="danger"
          onConfirm={confirm}
        >
          <p>
            Templates that name <strong className="text-ink">{name}</strong> find nothing there then.
          </p>
        </ConfirmDialog>
      </div>
    </li>
  );
}
