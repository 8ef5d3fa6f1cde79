"use client";

import Link from "next/link";
import { useState } from "react";
import type { RunFragment } from "../../../gql/graphql.ts";
import { Button } from "../../../ui/button.tsx";
import { Markdown } from "../../../ui/markdown.tsx";
import { Countdown } from "./countdown.tsx";
import { ResumePanel } from "./resume-panel.tsx";

/** What a run waits for, on its page: answered here, or on a page of its own. Once opened it stays, to say what became of it. */
export function QuestionCard({ run }: { run: RunFragment }) {
  const [open, setOpen] = useState(false);
  if (!run.pause && !open) return null;
  const question = run.pause?.input;
  const expanded = open || !question;
  return (
    <section
      aria-label="What this run waits for"
      className="flex flex-col gap-4 rounded-xl border border-waiting/60 bg-panel p-4 shadow-xs ring-4 ring-waiting/10 sm:p-5"
    >
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold">{titleOf(run)}</h2>
          <p className="flex flex-wrap gap-x-3 text-xs">
            {run.pause && !expanded ? <Countdown expiresAt={run.pause.expiresAt} /> : null}
            <Link
              href={`/runs/${run.id}/resume`}
              prefetch={false}
              className="text-soft underline underline-offset-2 hover:text-ink"
            >
              On its own page
            </Link>
          </p>
        </div>
        {open ? (
          <Button size="small" look="quiet" onClick={() => setOpen(false)}>
            Close
          </Button>
        ) : question ? (
          <Button look="primary" onClick={() => setOpen(true)}>
            Answer
          </Button>
        ) : null}
      </div>
      {expanded ? (
        <ResumePanel run={run} />
      ) : question?.description ? (
        <div className="text-sm text-soft">
          <Markdown text={question.description} />
        </div>
      ) : null}
    </section>
  );
}

function titleOf({ pause }: RunFragment): string {
  if (!pause) return "The question";
  return pause.input ? "This run asks you something" : "This run waits to be resumed";
}
