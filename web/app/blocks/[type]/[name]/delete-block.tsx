"use client";

import { useRouter } from "next/navigation";
import { useMutation } from "urql";
import type { BlockPageQuery } from "../../../../gql/graphql.ts";
import { refusedText } from "../../../../lib/graphql/refused.ts";
import { Button } from "../../../../ui/button.tsx";
import { ConfirmDialog } from "../../../../ui/confirm-dialog.tsx";
import { deleteBlockDocument } from "../../documents.ts";

/** Deletes a block after asking; where automations use it, only by saying so. */
export function DeleteBlock({ block }: { block: NonNullable<BlockPageQuery["block"]> }) {
  const router = useRouter();
  const [, remove] = useMutation(deleteBlockDocument);
  const { id, name, automations } = block;
  const used = automations.length > 0;
  const confirm = async () => {
    const { data, error } = await remove({ id, force: used });
    if (data === undefined) return refusedText(undefined, error);
    router.push("/blocks");
    return null;
  };
  return (
    <ConfirmDialog
      trigger={<Button size="small">Delete</Button>}
      title={`Delete ${name}?`}
      action={used ? "Delete it all the same" : "Delete the block"}
      look="danger"
      onConfirm={confirm}
    >
      {used ? (
        <>
          <p>These automations use it, and their actions will fail:</p>
          <ul className="mt-1.5 list-disc pl-5">
            {automations.map((automation) => (
              <li key={automation.id} className="wrap-anywhere text-ink">
                {automation.name}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>
          <strong className="text-ink">{name}</strong> and its secrets are gone then. No automation uses it.
        </p>
      )}
    </ConfirmDialog>
  );
}
