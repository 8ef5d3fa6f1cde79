"use client";

import Link from "next/link";
import type { RunFragment } from "../../../../gql/graphql.ts";
import { Notice } from "../../../../ui/notice.tsx";
import { PageHead } from "../../../../ui/page-head.tsx";
import { StateBadge } from "../../../../ui/state-badge.tsx";
import { ResumePanel } from "../resume-panel.tsx";
import { useRun } from "../use-run.ts";

/** The form alone, as a link in a message opens it. */
export function ResumeView({ initial }: { initial: RunFragment }) {
  const { run, refusal } = useRun(initial);
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-5">
      <PageHead
        above={[
          { href: "/runs", name: "Runs" },
          { href: `/runs/${run.id}`, name: run.name },
        ]}
        title={run.name}
        beside={
          <span aria-live="polite">
            <StateBadge state={run.state} large />
          </span>
        }
      >
        <p className="text-[13px] text-soft">{run.deployment ? run.deployment.fullName : run.flow.name}</p>
      </PageHead>
      {refusal === null ? null : <Notice look="bad">This page is not live: {refusal}</Notice>}
      <section
        aria-label="The question"
        className="rounded-xl border border-line bg-panel p-4 shadow-xs sm:p-6"
      >
        <ResumePanel run={run} />
      </section>
      <Link
        href={`/runs/${run.id}`}
        className="self-start text-[13px] text-soft underline underline-offset-2 hover:text-ink"
      >
        Follow the run: its states, inputs and log
      </Link>
    </div>
  );
}
