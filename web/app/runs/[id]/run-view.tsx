"use client";

import Link from "next/link";
import type { RunPageQuery } from "../../../gql/graphql.ts";
import { JsonView } from "../../../ui/json-view.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { EventsPanel } from "../../events/events-panel.tsx";
import type { ResourceEvents } from "../../events/resource-events.ts";
import { Channels } from "./channels.tsx";
import { InputsPanel } from "./inputs-panel.tsx";
import { LogsPanel } from "./logs-panel.tsx";
import { QuestionCard } from "./question-card.tsx";
import { Relatives } from "./relatives.tsx";
import { RunHeader } from "./run-header.tsx";
import { SendInput } from "./send-input.tsx";
import { Timeline } from "./timeline.tsx";
import { useRun } from "./use-run.ts";
import { useSurroundings } from "./use-surroundings.ts";
import { hasEnded } from "./wait.ts";

interface Props {
  initial: NonNullable<RunPageQuery["flowRun"]>;
  /** Those about the run. */
  events: ResourceEvents;
}

/** A run's page, live from what the server rendered. */
export function RunView({ initial, events }: Props) {
  const { run, refusal, show } = useRun(initial);
  const ended = hasEnded(run.state.type);
  const { around, statuses, changed } = useSurroundings(initial, run.updatedAt, ended);
  const related = Boolean(around.parent) || around.children.length > 0;
  return (
    <div className="flex flex-col gap-6">
      <RunHeader run={run} onChanged={show} />
      {refusal === null ? null : <Notice look="bad">This page is not live: {refusal}</Notice>}
      {run.state.message && (run.state.type === "FAILED" || run.state.type === "CRASHED") ? (
        <Notice look="bad">
          <span className="whitespace-pre-wrap wrap-anywhere">{run.state.message}</span>
        </Notice>
      ) : null}
      {around.waitsBecause && run.state.type === "SCHEDULED" ? (
        <Notice>Waits because {around.waitsBecause}.</Notice>
      ) : null}
      <QuestionCard run={run} />
      {around.children
        .filter(({ state }) => state.type === "PAUSED")
        .map((child) => (
          <Notice key={child.id} look="waiting">
            Its child{" "}
            <Link href={`/runs/${child.id}`} className="font-medium underline underline-offset-2">
              {child.name}
            </Link>{" "}
            is {child.state.name} and waits.
          </Notice>
        ))}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <InputsPanel id={run.id} initial={initial.inputs} statuses={statuses} onArrival={changed} />
          <LogsPanel id={run.id} initial={initial.logs} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="States">
            <Timeline states={run.stateHistory} ended={ended} />
          </Panel>
          <Panel
            title="Channels"
            aside={ended ? null : <SendInput id={run.id} channels={around.inputChannels} onSent={changed} />}
          >
            <Channels channels={around.inputChannels} />
          </Panel>
          {related ? (
            <Panel title="Related runs">
              <Relatives parent={around.parent} runs={around.children} />
            </Panel>
          ) : null}
          <Panel title="Parameters">
            {isEmpty(initial.parameters) ? (
              <p className="text-sm text-soft">None.</p>
            ) : (
              <JsonView value={initial.parameters} />
            )}
          </Panel>
          {isEmpty(initial.jobVariables) ? null : (
            <Panel title="Job variables">
              <JsonView value={initial.jobVariables} />
            </Panel>
          )}
          <EventsPanel resource={`prefect.flow-run.${run.id}`} initial={events} />
        </div>
      </div>
    </div>
  );
}

function isEmpty(parameters: unknown): boolean {
  return typeof parameters !== "object" || parameters === null || Object.keys(parameters).length === 0;
}
