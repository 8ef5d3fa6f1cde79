"use client";

import type { VariablesQuery } from "../../gql/graphql.ts";
import { jsonOf } from "../../lib/json-of.ts";
import { Button } from "../../ui/button.tsx";
import { CodeText } from "../../ui/code-text.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { DeleteDialog } from "../../ui/delete-dialog.tsx";
import { Ago } from "../../ui/time.tsx";
import { useShownRouter } from "../../ui/use-shown-router.ts";
import { deleteVariableDocument } from "./documents.ts";
import { SetVariable } from "./set-variable.tsx";
import { typeWord } from "./typed-value.ts";

export type Variable = VariablesQuery["variables"][number];

/** One variable of the list. */
export function VariableItem({ variable }: { variable: Variable }) {
  const router = useShownRouter();
  const { name, secret, updatedAt } = variable;
  const value = jsonOf(variable.value);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 text-sm">
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
        <h2 className="flex flex-wrap items-center gap-x-1">
          <span className="min-w-0 font-mono text-[13px] font-medium wrap-anywhere">{name}</span>
          {secret ? (
            <>
              <Lock />
              <CopyButton text={placeholder(name)} what={`the placeholder for ${name}`} />
            </>
          ) : (
            <CopyButton text={`{{ variables['${name}'] }}`} what={`how a template names ${name}`} />
          )}
        </h2>
        <CodeText label={`Value of ${name}`} className="max-h-40 text-[12.5px] text-soft">
          {typeof value === "string" ? value : JSON.stringify(value, null, 2)}
        </CodeText>
      </div>
      <div className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 sm:w-auto">
        <span className="mr-auto text-xs text-soft">
          <span className="text-faint">{secret ? "secret" : typeWord(value)},</span> set{" "}
          <Ago at={updatedAt} />
        </span>
        <SetVariable
          variable={{ name, value, secret }}
          trigger={
            <Button size="small" look="quiet" aria-label={`Edit ${name}`}>
              Edit
            </Button>
          }
        />
        <DeleteDialog
          name={name}
          kind="variable"
          listed
          document={deleteVariableDocument}
          variables={{ name }}
          onDeleted={router.refresh}
        >
          <p>
            {secret ? "Runs whose parameters need " : "Templates that name "}
            <strong className="text-ink">{name}</strong>
            {secret ? " are refused then." : " find nothing there then."}
          </p>
        </DeleteDialog>
      </div>
    </li>
  );
}

/** What in the parameters of a run stands for a variable. */
function placeholder(name: string): string {
  return JSON.stringify({ __prefect_kind: "workspace_variable", variable_name: name });
}

function Lock() {
  return (
    <svg viewBox="0 0 16 16" className="size-3.5 shrink-0 text-soft" role="img" aria-label="Secret">
      <rect x="3" y="7" width="10" height="7" rx="1.5" fill="currentColor" />
      <path d="M5 7V5a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
