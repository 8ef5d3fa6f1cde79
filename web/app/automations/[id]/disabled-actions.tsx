"use client";

import { useState } from "react";
import { useMutation } from "urql";
import { actionLists } from "../../../../core/automation/automation.ts";
import type { ShownAutomationFragment } from "../../../gql/graphql.ts";
import { refusedText } from "../../../lib/graphql/refused.ts";
import { Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Ago } from "../../../ui/time.tsx";
import { ActionText } from "../action-list.tsx";
import type { Names } from "../names.ts";
import { enableActionDocument } from "./documents.ts";

interface Props {
  automation: ShownAutomationFragment;
  names: Names;
  /** Resolves when the page shows the automation as it is now. */
  readAgain: () => Promise<void>;
}

/** The actions that are carried out no more, each with a button to begin again. */
export function DisabledActions({ automation, names, readAgain }: Props) {
  return automation.disabledActions.map((disabled) => (
    <DisabledAction
      key={`${disabled.list} ${disabled.place}`}
      disabled={disabled}
      automation={automation}
      names={names}
      readAgain={readAgain}
    />
  ));
}

type DisabledProps = Props & { disabled: ShownAutomationFragment["disabledActions"][number] };

function DisabledAction({ disabled, automation, names, readAgain }: DisabledProps) {
  const { list, place, failures, since } = disabled;
  const [refusal, setRefusal] = useState<string | null>(null);
  const [{ fetching }, enable] = useMutation(enableActionDocument);
  const key = actionLists.find(({ name }) => name === list)?.key ?? "actions";
  const action = automation[key][place];
  const ask = async () => {
    const { data, error } = await enable({ automation: automation.id, list, place });
    const answer = data?.enableAction;
    setRefusal(answer?.__typename === "Automation" ? null : refusedText(answer, error));
    await readAgain();
  };
  return (
    <Notice look="bad">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="min-w-0 flex-1 basis-64 wrap-anywhere">
          Not carried out any more:{" "}
          {action === undefined ? `action ${place + 1}` : <ActionText action={action} names={names} />}. It
          failed {failures === 1 ? "once" : `${failures} times in a row`}, the last time <Ago at={since} />.
        </span>
        <Button size="small" busy={fetching} disabled={fetching} onClick={ask}>
          Enable it again
        </Button>
      </span>
      {refusal === null ? null : <span className="mt-1 block">It was not enabled: {refusal}</span>}
    </Notice>
  );
}
