"use client";

import { useMutation } from "urql";
import type { WorkPoolsQuery } from "../../gql/graphql.ts";
import { answerOf } from "../../lib/graphql/answer-of.ts";
import { useFresh } from "../../lib/graphql/use-fresh.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useShownRouter } from "../../ui/use-shown-router.ts";
import { createPoolDocument, poolsDocument } from "./documents.ts";
import { changeOf, nameOf, newPool } from "./pool-form.ts";
import { PoolItem } from "./pool-item.tsx";

/** The pools that the server rendered, kept up to date. */
export function LivePools({ initial }: { initial: WorkPoolsQuery }) {
  const { data, refusal, readAgain } = useFresh({
    document: poolsDocument,
    variables: {},
    initial,
    filter: { events: ["prefect.work-pool.*", "prefect.work-queue.*"] },
    everySeconds: 10,
  });
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold tracking-tight">Work pools</h1>
        <NewPool />
      </div>
      {refusal === null ? null : <Notice look="bad">This list is not live: {refusal}</Notice>}
      <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
        {data.workPools.length === 0 ? (
          <Empty title="No work pools yet">
            <p>
              Deployments of a pool are run by its workers, on any machine:{" "}
              <code className="font-mono text-xs">antiphon worker start --pool NAME</code>. Programs that
              serve their flows need none.
            </p>
          </Empty>
        ) : (
          <ul aria-label="Work pools" className="divide-y divide-line">
            {data.workPools.map((pool) => (
              <PoolItem key={pool.id} pool={pool} readAgain={readAgain} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function NewPool() {
  const router = useShownRouter();
  const [, create] = useMutation(createPoolDocument);
  return (
    <FormDialog
      trigger={<Button look="primary">New pool</Button>}
      title="New work pool"
      schema={newPool}
      submitLabel="Make the pool"
      onSubmit={async (value) => {
        const { data, error } = await create({ pool: { name: nameOf(value), ...changeOf(value) } });
        const result = data?.createWorkPool;
        if (result?.__typename === "WorkPool") await router.push(`/work-pools/${result.id}`);
        return answerOf(result, error, { success: "WorkPool", argument: "pool" });
      }}
    />
  );
}
