"use client";

import Link from "next/link";
import { useMutation } from "urql";
import { answerOf } from "../../../lib/graphql/answer-of.ts";
import { Button } from "../../../ui/button.tsx";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { DeleteDialog } from "../../../ui/delete-dialog.tsx";
import { Fact } from "../../../ui/fact.tsx";
import { FormDialog } from "../../../ui/form-dialog.tsx";
import { Notice } from "../../../ui/notice.tsx";
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
    <header className="flex flex-col gap-3">
      <nav aria-label="Where this is" className="text-[13px] text-soft">
        <Link href="/work-pools" className="hover:text-ink hover:underline">
          Work pools
        </Link>
      </nav>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 text-xl font-semibold tracking-tight wrap-anywhere">{name}</h1>
        <span aria-live="polite">
          <WorkStatus status={pool.status} />
        </span>
        <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
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
        </div>
      </div>
      {open.refusal === null ? null : (
        <Notice look="bad" alert>
          {open.refusal}
        </Notice>
      )}
      {pool.description ? <p className="max-w-3xl text-sm text-soft">{pool.description}</p> : null}
      <dl className="flex flex-wrap gap-x-6 gap-y-1.5 text-[13px]">
        <Fact name="Type">{pool.type}</Fact>
        <Fact name="Runs at once">
          {concurrencyLimit == null ? "any number" : `at most ${concurrencyLimit}`}
        </Fact>
        <Fact name="Last asked for runs">{lastPolled ? <Ago at={lastPolled} /> : "never"}</Fact>
        <Fact name="Created">
          <Ago at={pool.createdAt} />
        </Fact>
      </dl>
      <p className="flex flex-wrap items-center gap-x-1 text-[13px]">
        <span className="font-mono text-xs wrap-anywhere text-soft">{id}</span>
        <CopyButton text={id} what="the id" />
      </p>
    </header>
  );
}
