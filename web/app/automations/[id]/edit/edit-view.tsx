"use client";

import { useState } from "react";
import { keepDraft } from "../../../../editor/draft.ts";
import type { EditedAutomationQuery, EditorSurroundingsQuery } from "../../../../gql/graphql.ts";
import { useFresh } from "../../../../lib/graphql/use-fresh.ts";
import { jsonOf } from "../../../../lib/json-of.ts";
import { Button } from "../../../../ui/button.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { PageHead } from "../../../../ui/page-head.tsx";
import { Ago } from "../../../../ui/time.tsx";
import { resourceFilter } from "../../../events/resource-events.ts";
import { AutomationEditor } from "../../editor/automation-editor.tsx";
import { editedDocument } from "../../editor/documents.ts";
import { knownOf } from "../../editor/read-known.ts";
import { namesOf } from "../../names.ts";
import { OwnerBadge } from "../../owner-badge.tsx";

type Edited = NonNullable<EditedAutomationQuery["automation"]>;

interface Props {
  initial: Edited;
  surroundings: EditorSurroundingsQuery;
}

/** An automation's document to be changed; says where somebody else changes it meanwhile. */
export function EditView({ initial, surroundings }: Props) {
  const [shown, setShown] = useState(initial);
  const [saved, setSaved] = useState(false);
  const { data } = useFresh({
    document: editedDocument,
    variables: { id: initial.id },
    initial: { automation: initial },
    filter: resourceFilter(`prefect.automation.${initial.id}`),
  });
  const now = data.automation;
  const names = namesOf(surroundings);
  const replaceBy = (next: Edited) => {
    keepDraft(next.id, null);
    setShown(next);
  };
  return (
    <div className="flex flex-col gap-5">
      <PageHead
        above={[
          { href: "/automations", name: "Automations" },
          { href: `/automations/${shown.id}`, name: shown.name },
        ]}
        title={`Edit ${shown.name}`}
        beside={shown.ownerResource ? <OwnerBadge owner={shown.ownerResource} names={names} /> : null}
      />
      {shown.ownerResource?.startsWith("prefect.deployment.") ? (
        <Notice look="waiting">
          It belongs to a deployment: where its next registration says something else, that replaces what is
          saved here.
        </Notice>
      ) : null}
      {now === null || now === undefined ? (
        <Notice look="waiting" alert>
          This automation was deleted. It cannot be saved any more.
        </Notice>
      ) : saved || now.updatedAt === shown.updatedAt ? null : (
        <Notice look="waiting" alert>
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span>
              It was changed elsewhere <Ago at={now.updatedAt} />. Saving replaces that.
            </span>
            <Button size="small" onClick={() => replaceBy(now)}>
              Show it as it is now
            </Button>
          </span>
        </Notice>
      )}
      <AutomationEditor
        key={shown.updatedAt}
        id={shown.id}
        draft={shown.id}
        start={jsonOf(shown.document)}
        known={knownOf(surroundings)}
        names={names}
        onSaved={() => setSaved(true)}
      />
    </div>
  );
}
