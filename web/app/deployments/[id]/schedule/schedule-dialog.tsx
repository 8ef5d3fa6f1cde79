"use client";

import { type ReactNode, useState } from "react";
import { useMutation } from "urql";
import type { SchedulePartsFragment } from "../../../../gql/graphql.ts";
import { answerOf } from "../../../../lib/graphql/answer-of.ts";
import { DialogFrame } from "../../../../ui/dialog-frame.tsx";
import { createScheduleDocument, updateScheduleDocument } from "../../documents.ts";
import { ScheduleForm } from "./schedule-form.tsx";

interface Props {
  deployment: { id: string; fullName: string };
  /** The one to be changed; null for a new one. */
  schedule: SchedulePartsFragment | null;
  trigger: ReactNode;
  /** Resolves when the page shows the schedules as they are now. */
  readAgain: () => Promise<void>;
}

/** Gives a deployment one more schedule, or changes one that it has. */
export function ScheduleDialog({ deployment, schedule, trigger, readAgain }: Props) {
  const [open, setOpen] = useState(false);
  const [, create] = useMutation(createScheduleDocument);
  const [, update] = useMutation(updateScheduleDocument);
  return (
    <DialogFrame
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title={schedule === null ? `New schedule of ${deployment.fullName}` : "Change the schedule"}
    >
      <ScheduleForm
        schedule={schedule}
        onSubmit={async (input) => {
          const { data, error } =
            schedule === null
              ? await create({ deployment: deployment.id, schedule: input }).then(({ data, error }) => ({
                  data: data?.createSchedule,
                  error,
                }))
              : await update({ id: schedule.id, schedule: input }).then(({ data, error }) => ({
                  data: data?.updateSchedule,
                  error,
                }));
          const answer = answerOf(data, error, { success: "Schedule", argument: "schedule" });
          if ("heading" in answer || answer.length > 0) return answer;
          await readAgain();
          setOpen(false);
          return [];
        }}
      />
    </DialogFrame>
  );
}
