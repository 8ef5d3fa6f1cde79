"use client";

import { useMutation } from "urql";
import { answerOf } from "../../../lib/graphql/answer-of.ts";
import { Button } from "../../../ui/button.tsx";
import { DeleteDialog } from "../../../ui/delete-dialog.tsx";
import { Fact, Facts } from "../../../ui/fact.tsx";
import { FormDialog } from "../../../ui/form-dialog.tsx";
import { IdLine } from "../../../ui/id-line.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { Ago } from "../../../ui/time.tsx";
import { useShownRouter } from "../../../ui/use-shown-router.ts";
import { useTurned } from "../../../ui/use-turned.ts";
import { deletePoolDocument, setPoolPausedDocument, updatePoolDocument } from "../documents.ts";
import { changedPool, changeOf, startOfChange } from "../pool-form.ts";
import { WorkStatus } from "../work-status.tsx";
import type { PoolShown } from "./pool-view.tsx";

interface Props {
  pool: PoolShown;
  readAgain: () => Promise<void>;
}

/** What a pool is called, how it stands, and what can be done with it. */
export function PoolHeader({ pool, readAgain }: Props) {
  const router = useShownRouter();
  const { id, name, paused, concurrencyLimit, lastPolled } = pool;
  const [, update] = useMutation(updatePoolDocument);
  const open = useTurned(!paused, setPoolPausedDocument, {
    variables: (on) => ({ id, paused: !on }),
    resultOf: (data) => data.setWorkPoolPaused,
    success: "WorkPool",
    readAgain,
  });
  return (
    <PageHead
      above={[{ href: "/work-pools", name: "Work pools" }]}
      title={name}
      beside={
        <span aria-live="polite">
          <WorkStatus status={pool.status} />
        </span>
      }
      actions={
        <>
          <Button size="small" busy={open.busy} disabled={open.busy} onClick={() => open.turn(paused)}>
            {paused ? "Resume" : "Pause"}
          </Button>
          <FormDialog
            trigger={<Button size="small">Change</Button>}
            title={`Change ${name}`}
            schema={changedPool}
            start={startOfChange(pool)}
            submitLabel="Save"
            onSubmit={async (value) => {
              const { data, error } = await update({ id, change: changeOf(value) });
              await readAgain();
              return answerOf(data?.updateWorkPool, error, { success: "WorkPool", argument: "change" });
            }}
          />
          <DeleteDialog
            name={name}
            kind="work pool"
            document={deletePoolDocument}
            variables={{ id }}
            onDeleted={() => router.push("/work-pools")}
          >
            <p>
              <strong className="text-ink">{name}</strong> goes with its queues. A pool that deployments use
              is not deleted.
            </p>
          </DeleteDialog>
        </>
      }
    >
      {open.refusal === null ? null : (
        <Notice look="bad" alert>
          {open.refusal}
        </Notice>
      )}
      {pool.description ? <p className="max-w-3xl text-sm text-soft">{pool.description}</p> : null}
      <Facts>
        <Fact name="Type">{pool.type}</Fact>
        <Fact name="Runs at once">
          {concurrencyLimit == null ? "any number" : `at most ${concurrencyLimit}`}
        </Fact>
        <Fact name="Last asked for runs">{lastPolled ? <Ago at={lastPolled} /> : "never"}</Fact>
        <Fact name="Created">
          <Ago at={pool.createdAt} />
        </Fact>
      </Facts>
      <IdLine id={id} />
    </PageHead>
  );
}
