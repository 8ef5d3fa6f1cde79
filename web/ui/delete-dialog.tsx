"use client";

import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import type { ReactNode } from "react";
import { type AnyVariables, useMutation } from "urql";
import { refusedText } from "../lib/graphql/refused.ts";
import { Button } from "./button.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";

interface Props<Data, Variables> {
  name: string;
  /** Such as "webhook". */
  kind: string;
  /** What the button says that does it; "Delete the …" unless it is given. */
  action?: string;
  /** Whether it stands beside others that can be deleted. */
  listed?: boolean;
  document: TypedDocumentNode<Data, Variables>;
  variables: Variables;
  /** Resolves when it is shown that it is gone. */
  onDeleted: () => Promise<void>;
  /** What goes with it, and what stays. */
  children: ReactNode;
}

/** The button that deletes something, after asking. */
export function DeleteDialog<Data, Variables extends AnyVariables>(props: Props<Data, Variables>) {
  const { name, kind, listed = false, document, variables, onDeleted, children } = props;
  const [, remove] = useMutation(document);
  return (
    <ConfirmDialog
      trigger={
        listed ? (
          <Button size="small" look="quiet" aria-label={`Delete ${name}`}>
            Delete
          </Button>
        ) : (
          <Button size="small">Delete</Button>
        )
      }
      title={`Delete ${name}?`}
      action={props.action ?? `Delete the ${kind}`}
      look="danger"
      onConfirm={async () => {
        const { data, error } = await remove(variables);
        if (data === undefined) return refusedText(undefined, error);
        await onDeleted();
        return null;
      }}
    >
      {children}
    </ConfirmDialog>
  );
}
