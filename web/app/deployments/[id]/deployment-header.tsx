"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { DeleteDialog } from "../../../ui/delete-dialog.tsx";
import { Fact } from "../../../ui/fact.tsx";
import { Markdown } from "../../../ui/markdown.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Tags } from "../../../ui/tags.tsx";
import { Ago } from "../../../ui/time.tsx";
import { useShownRouter } from "../../../ui/use-shown-router.ts";
import { useTurned } from "../../../ui/use-turned.ts";
import { DeploymentStatus } from "../deployment-status.tsx";
import { deleteDeploymentDocument, setDeploymentPausedDocument } from "../documents.ts";
import type { DeploymentShown } from "./deployment-view.tsx";
import { RunButtons } from "./run-buttons.tsx";

interface Props {
  deployment: DeploymentShown;
  /** Resolves when the page shows it as it is now. */
  readAgain: () => Promise<void>;
}

/** What a deployment is called, how it stands, and what can be done with it. */
export function DeploymentHeader({ deployment, readAgain }: Props) {
  const router = useShownRouter();
  const { id, fullName, paused, workPool, workQueue, version } = deployment;
  const [refusal, setRefusal] = useState<string | null>(null);
  const open = useTurned(!deployment.paused, setDeploymentPausedDocument, {
    variables: (on) => ({ id, paused: !on }),
    resultOf: (data) => data.setDeploymentPaused,
    success: "Deployment",
    readAgain,
  });
  return (
    <header className="flex flex-col gap-3">
      <nav aria-label="Where this is" className="text-[13px] text-soft">
        <Link href="/deployments" className="hover:text-ink hover:underline">
          Deployments
        </Link>
      </nav>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 text-xl font-semibold tracking-tight wrap-anywhere">{fullName}</h1>
        <span aria-live="polite">
          <DeploymentStatus paused={paused} status={deployment.status} />
        </span>
        <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
          <RunButtons deployment={deployment} onRefused={setRefusal} />
          <Button size="small" busy={open.busy} disabled={open.busy} onClick={() => open.turn(paused)}>
            {paused ? "Resume" : "Pause"}
          </Button>
          <DeleteDialog
            name={fullName}
            kind="deployment"
            document={deleteDeploymentDocument}
            variables={{ id }}
            onDeleted={() => router.push("/deployments")}
          >
            <p>
              <strong className="text-ink">{fullName}</strong> goes with its schedules, the automations that
              belong to it, and its runs that never started. Runs that have begun stay. A program that serves
              it makes it anew when it starts again.
            </p>
          </DeleteDialog>
        </div>
      </div>
      {(refusal ?? open.refusal) === null ? null : (
        <Notice look="bad" alert>
          {refusal ?? open.refusal}
        </Notice>
      )}
      {deployment.description ? (
        <div className="max-w-3xl text-sm text-soft">
          <Markdown text={deployment.description} />
        </div>
      ) : null}
      <dl className="flex flex-wrap gap-x-6 gap-y-1.5 text-[13px]">
        <Fact name="Flow">
          <Link
            href={`/runs?flow=${encodeURIComponent(deployment.flow.name)}`}
            prefetch={false}
            className="hover:underline"
          >
            {deployment.flow.name}
          </Link>
        </Fact>
        {workPool ? (
          <Fact name="Work pool">
            <Link href={`/work-pools/${workPool.id}`} prefetch={false} className="hover:underline">
              {workPool.name}
            </Link>
            {workQueue ? <span className="text-soft"> / {workQueue.name}</span> : null}
          </Fact>
        ) : null}
        {version ? <Fact name="Version">{version}</Fact> : null}
        <Fact name="Created">
          <Ago at={deployment.createdAt} />
        </Fact>
        <Fact name="Changed">
          <Ago at={deployment.updatedAt} />
        </Fact>
      </dl>
      <p className="flex flex-wrap items-center gap-x-1 text-[13px]">
        <span className="font-mono text-xs wrap-anywhere text-soft">{id}</span>
        <CopyButton text={id} what="the id" />
      </p>
      <Tags tags={deployment.tags} />
    </header>
  );
}
