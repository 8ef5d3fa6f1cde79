"use client";

import { useState } from "react";
import { JsonSchemaForm } from "../../../form/json-schema-form.tsx";
import type { RunFragment } from "../../../gql/graphql.ts";
import { newIdempotencyKey } from "../../../lib/idempotency-key.ts";
import { jsonOf, schemaOf } from "../../../lib/json-of.ts";
import { Markdown } from "../../../ui/markdown.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Countdown } from "./countdown.tsx";
import { useResume } from "./use-resume.ts";
import type { Pause } from "./wait.ts";

export interface WaitProps {
  run: RunFragment;
  pause: Pause;
  locked: boolean;
  onSending: (sending: boolean) => void;
  onTaken: () => void;
  /** It is not known whether the answer was taken. */
  onUnheard: () => void;
  /** The answer cannot be given any more, and why. */
  onRefused: (message: string) => void;
}

/** The form of one question. */
export function Question({
  run,
  pause,
  question,
  locked,
  onSending,
  onTaken,
  onUnheard,
  onRefused,
}: WaitProps & { question: NonNullable<Pause["input"]> }) {
  // One form is one answer, however often it is sent.
  const [idempotencyKey] = useState(newIdempotencyKey);
  const resume = useResume(run.id);
  const [schema] = useState(() => schemaOf(question.schema));
  const refused = question.refusedAnswer !== null && question.refusedAnswer !== undefined;
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      {question.description ? (
        <div className="text-sm">
          <Markdown text={question.description} />
        </div>
      ) : null}
      {refused && !locked ? (
        <Notice look="waiting">
          The run refused the last answer and asks again. It is filled in below, with what was wrong.
        </Notice>
      ) : null}
      <JsonSchemaForm
        schema={schema}
        start={refused ? jsonOf(question.refusedAnswer) : undefined}
        issues={question.refusedIssues}
        label="Your answer"
        submitLabel="Send answer"
        locked={locked}
        aside={
          <span className="text-xs">
            {locked ? (
              <span className="text-soft">This form is locked.</span>
            ) : (
              <Countdown expiresAt={pause.expiresAt} />
            )}
          </span>
        }
        onSubmit={async (value) => {
          onSending(true);
          const outcome = await resume({ pause, input: value, idempotencyKey });
          onSending(false);
          switch (outcome.is) {
            case "taken":
              onTaken();
              return [];
            case "over":
              onRefused(outcome.message);
              return [];
            case "refused":
              return outcome.issues;
            case "undelivered":
              if (outcome.unheard) onUnheard();
              return outcome;
          }
        }}
      />
    </div>
  );
}
