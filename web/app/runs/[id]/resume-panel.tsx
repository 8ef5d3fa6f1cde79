"use client";

import { useState } from "react";
import type { RunFragment } from "../../../gql/graphql.ts";
import { Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Question } from "./question.tsx";
import { ResumeWithoutInput } from "./resume-without-input.tsx";
import { howItGoes, type Pause, whatBecame } from "./wait.ts";

type Outcome = { is: "open" } | { is: "taken" } | { is: "refused"; message: string };

const perhapsTaken =
  "This was answered, by you or by somebody else. Send your answer again to know: it counts once.";

/**
 * Answers what a run waits for. The form stays with the question that it was opened for: where that goes away, it says so and locks, and
 * another question is answered in another form.
 */
export function ResumePanel({ run }: { run: RunFragment }) {
  const [asked, setAsked] = useState<Pause | null>(run.pause ?? null);
  const [outcome, setOutcome] = useState<Outcome>({ is: "open" });
  const [thanks, setThanks] = useState(false);
  // While an answer is under way, its own answer says what became of it.
  const [sending, setSending] = useState(false);
  // An answer was sent of which nothing was heard: it may be the one that was taken.
  const [unsure, setUnsure] = useState(false);

  const next = run.pause && run.pause.key !== asked?.key ? run.pause : null;
  const show = (pause: Pause) => {
    setAsked(pause);
    setOutcome({ is: "open" });
    setUnsure(false);
  };
  // After one's own answer the next question comes by itself.
  if (next !== null && !sending && (outcome.is === "taken" || asked === null)) show(next);

  if (asked === null) return <Notice>This run waits for nothing. It is {run.state.name}.</Notice>;

  const became = sending || outcome.is !== "open" ? null : whatBecame(asked, run);
  const gone = became === null || !unsure ? became : perhapsTaken;
  const reason = outcome.is === "refused" ? outcome.message : gone;
  const taken = () => {
    setThanks(true);
    setOutcome({ is: "taken" });
  };
  const shared = {
    run,
    pause: asked,
    locked: outcome.is !== "open" || (gone !== null && !unsure),
    onSending: setSending,
    onTaken: taken,
    onUnheard: () => setUnsure(true),
    onRefused: (message: string) => setOutcome({ is: "refused", message }),
  };
  return (
    <div className="flex flex-col gap-4">
      {outcome.is === "taken" || (thanks && outcome.is === "open" && gone === null) ? (
        <Notice look="good">
          {outcome.is === "taken"
            ? `Your answer was taken. ${howItGoes(run.state)}`
            : "Your answer was taken, and the run asks again."}
        </Notice>
      ) : null}
      {reason === null ? null : (
        <Notice look="waiting" alert>
          <p>{reason}</p>
          {next === null ? null : (
            <Button size="small" className="mt-3" onClick={() => show(next)}>
              Show what it asks now
            </Button>
          )}
        </Notice>
      )}
      {outcome.is === "taken" ? null : asked.input ? (
        <Question key={asked.key} {...shared} question={asked.input} />
      ) : (
        <ResumeWithoutInput key={asked.key} {...shared} />
      )}
    </div>
  );
}
