"use client";

import type { BlockPageQuery } from "../../../../gql/graphql.ts";
import { DeleteDialog } from "../../../../ui/delete-dialog.tsx";
import { useShownRouter } from "../../../../ui/use-shown-router.ts";
import { deleteBlockDocument } from "../../documents.ts";

/** Deletes a block after asking; where automations use it, only by saying so. */
export function DeleteBlock({ block }: { block: NonNullable<BlockPageQuery["block"]> }) {
  const router = useShownRouter();
  const { id, name, automations } = block;
  const used = automations.length > 0;
  return (
    <DeleteDialog
      name={name}
      kind="block"
      {...(used ? { action: "Delete it all the same" } : {})}
      document={deleteBlockDocument}
      variables={{ id, force: used }}
      onDeleted={() => router.push("/blocks")}
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
    </DeleteDialog>
  );
}
