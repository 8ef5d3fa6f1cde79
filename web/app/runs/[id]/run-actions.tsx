"use client";

import { useState } from "react";
import { type OperationResult, useMutation } from "urql";
import type { RunFragment } from "../../../gql/graphql.ts";
import { refusedText } from "../../../lib/graphql/refused.ts";
import { Button } from "../../../ui/button.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { DeleteDialog } from "../../../ui/delete-dialog.tsx";
import { useShownRouter } from "../../../ui/use-shown-router.ts";
import { cancelDocument, deleteRunDocument, retryDocument, suspendDocument } from "./actions.ts";
import { hasEnded } from "./wait.ts";

const deadlines = [
  { label: "without a deadline", seconds: null },
  { label: "for at most an hour", seconds: 3_600 },
  { label: "for at most a day", seconds: 86_400 },
] as const;

type Changed = ({ __typename: "FlowRun" } & RunFragment) | { __typename: RefusalName; message: string };
type RefusalName = "InvalidInputError" | "NotFoundError" | "StateConflictError";

interface Props {
  run: RunFragment;
  /** It is so now, by what was done with it here. */
  onChanged: (run: RunFragment) => void;
}

/** What can be done with a run as it is now. */
export function RunActions({ run, onChanged }: Props) {
  const [, cancel] = useMutation(cancelDocument);
  const [, suspend] = useMutation(suspendDocument);
  const [, retry] = useMutation(retryDocument);
  const router = useShownRouter();
  const [deadline, setDeadline] = useState(0);
  const { id, name } = run;
  const { type } = run.state;
  const ended = hasEnded(type);
  const changed = <Data,>({ data, error }: OperationResult<Data>, pick: (data: Data) => Changed) => {
    const result = data === undefined ? undefined : pick(data);
    if (result?.__typename !== "FlowRun") return refusedText(result, error);
    onChanged(result);
    return null;
  };
  const named = <strong className="text-ink">{name}</strong>;
  return (
    <div className="flex flex-wrap gap-2">
      {type === "RUNNING" && run.deployment && !run.subflow ? (
        <ConfirmDialog
          trigger={<Button size="small">Suspend</Button>}
          title={`Suspend ${name}?`}
          action="Suspend"
          onConfirm={async () =>
            changed(
              await suspend({ id, timeout: deadlines[deadline]?.seconds ?? null }),
              (data) => data.suspend,
            )
          }
        >
          <p>
            {named} ends its process at the next task or wait, and starts from its first line when it is
            resumed.
          </p>
          <label className="mt-3 flex items-center gap-2">
            Suspend
            <select
              value={deadline}
              onChange={(event) => setDeadline(Number(event.target.value))}
              className="control w-auto"
            >
              {deadlines.map(({ label }, index) => (
                <option key={label} value={index}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        </ConfirmDialog>
      ) : null}
      {ended && run.deployment ? (
        <ConfirmDialog
          trigger={<Button size="small">Retry</Button>}
          title={`Retry ${name}?`}
          action="Retry"
          onConfirm={async () => changed(await retry({ id }), (data) => data.retry)}
        >
          <p>
            {named} runs again as a new attempt, and asks afresh. What was answered before stays as history.
          </p>
        </ConfirmDialog>
      ) : null}
      {ended ? (
        <DeleteDialog
          name={name}
          kind="run"
          document={deleteRunDocument}
          variables={{ id }}
          onDeleted={() => router.push("/runs")}
        >
          <p>{named} goes with its states, its log and all that it was sent. Runs that it began stay.</p>
        </DeleteDialog>
      ) : null}
      {ended || type === "CANCELLING" ? null : (
        <ConfirmDialog
          trigger={<Button size="small">Cancel</Button>}
          title={`Cancel ${name}?`}
          action="Cancel the run"
          look="danger"
          onConfirm={async () => changed(await cancel({ id }), (data) => data.cancel)}
        >
          <p>{named} is stopped. What it has done stays done.</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
