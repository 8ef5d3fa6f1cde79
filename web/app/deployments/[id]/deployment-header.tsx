"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { DeleteDialog } from "../../../ui/delete-dialog.tsx";
import { Fact, Facts } from "../../../ui/fact.tsx";
import { IdLine } from "../../../ui/id-line.tsx";
import { Markdown } from "../../../ui/markdown.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
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
    <PageHead
      above={[{ href: "/deployments", name: "Deployments" }]}
      title={fullName}
      beside={
        <span aria-live="polite">
          <DeploymentStatus paused={paused} status={deployment.status} />
        </span>
      }
      actions={
        <>
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
        </>
      }
    >
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
      <Facts>
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
      </Facts>
      <IdLine id={id} />
      <Tags tags={deployment.tags} />
    </PageHead>
  );
}
