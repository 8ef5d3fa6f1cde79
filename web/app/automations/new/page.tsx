import type { Metadata } from "next";
import type { Json } from "../../../../core/json.ts";
import type { EditorSurroundingsQuery } from "../../../gql/graphql.ts";
import { read } from "../../../lib/graphql/server.ts";
import { jsonOf } from "../../../lib/json-of.ts";
import { Notice } from "../../../ui/notice.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { eventDocument } from "../../events/[id]/documents.ts";
import { AutomationEditor } from "../editor/automation-editor.tsx";
import { editedDocument, surroundingsDocument } from "../editor/documents.ts";
import { knownOf, startKnows } from "../editor/read-known.ts";
import { runnable } from "../editor/runnable.ts";
import { StartChoice } from "../editor/start-choice.tsx";
import { startFromEvent } from "../editor/start-from-event.ts";
import { copyOf, runningDeployment, starts } from "../editor/starts.ts";
import { namesOf } from "../names.ts";

export const metadata: Metadata = { title: "New automation" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function NewAutomationPage({ searchParams }: Props) {
  const params = await searchParams;
  const surroundings = await read(surroundingsDocument, {});
  const { start, template, missing } = await beginning(params, surroundings);
  return (
    <div className="flex flex-col gap-5">
      <PageHead above={[{ href: "/automations", name: "Automations" }]} title="New automation" />
      {missing === null ? null : <Notice look="waiting">{missing}</Notice>}
      <AutomationEditor
        key={JSON.stringify(params)}
        id={null}
        draft={`new ${JSON.stringify(params)}`}
        start={start}
        known={knownOf(surroundings)}
        names={namesOf(surroundings)}
      >
        <StartChoice chosen={template} />
      </AutomationEditor>
    </div>
  );
}

interface Beginning {
  start: Json;
  /** The start that was chosen; null where it begins with something else. */
  template: string | null;
  /** That what the address names is not there; null where it is. */
  missing: string | null;
}

/** What the address says to begin with. */
async function beginning(
  params: Record<string, string | string[] | undefined>,
  surroundings: EditorSurroundingsQuery,
): Promise<Beginning> {
  const asked = (name: string) => [params[name]].flat().at(-1) ?? null;
  const slug = asked("template");
  const [first] = starts;
  const template = starts.find((start) => start.slug === slug) ?? first;
  const otherwise = (missing: string | null): Beginning => ({
    start: template?.document(startKnows(surroundings)) ?? null,
    template: template?.slug ?? null,
    missing,
  });
  const [event, from, deployment] = [asked("event"), asked("from"), asked("deployment")];
  if (event !== null) {
    const found = (await read(eventDocument, { id: event })).event;
    if (!found) return otherwise("The event to begin with is not kept any more.");
    return { start: startFromEvent(found), template: null, missing: null };
  }
  if (from !== null) {
    const found = (await read(editedDocument, { id: from })).automation;
    if (!found) return otherwise("The automation to copy is not there any more.");
    return { start: copyOf(jsonOf(found.document)), template: null, missing: null };
  }
  if (deployment !== null) {
    const found = surroundings.deployments.find(({ id }) => id === deployment);
    if (found === undefined) return otherwise("The deployment to run is not there any more.");
    return {
      start: runningDeployment({ ...runnable(found), name: found.fullName }),
      template: null,
      missing: null,
    };
  }
  return otherwise(null);
}
