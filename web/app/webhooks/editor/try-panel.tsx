"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useClient } from "urql";
import type { Issue } from "../../../../core/error.ts";
import { isJsonObject, type Json } from "../../../../core/json.ts";
import { Labelled } from "../../../form/labelled.tsx";
import type { PreviewWebhookQuery } from "../../../gql/graphql.ts";
import { jsonOf } from "../../../lib/json-of.ts";
import { CodeText } from "../../../ui/code-text.tsx";
import { JsonView } from "../../../ui/json-view.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { previewWebhookDocument } from "../documents.ts";
import { methods } from "./draft.ts";

/** A request to try a template with. */
export interface Sample {
  method: string;
  contentType: string;
  query: string;
  body: string;
  /** What else its headers were. */
  headers: Record<string, string>;
}

type Preview = PreviewWebhookQuery["previewWebhook"];

interface Props {
  template: string;
  webhookId: string | null;
  first: Sample;
  /** What is wrong with the template whatever comes; none where nothing is. */
  onTemplateIssues: (issues: readonly Issue[]) => void;
}

const settleMs = 400;
const contentTypes = {
  "application/x-www-form-urlencoded": "Form",
  "application/json": "JSON",
  "application/cloudevents+json": "CloudEvent",
  "text/plain": "Text",
} as const;

/** What the template makes of a request, as it is typed. */
export function TryPanel({ template, webhookId, first, onTemplateIssues }: Props) {
  const client = useClient();
  const [sample, setSample] = useState(first);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const asked = useRef(0);
  const look = useEffectEvent(async () => {
    const number = ++asked.current;
    const { contentType, headers, ...rest } = sample;
    const request = { ...rest, headers: { ...headers, "content-type": contentType } };
    const { data, error } = await client
      .query(previewWebhookDocument, { template, request, webhookId })
      .toPromise();
    // Answers can pass each other.
    if (number !== asked.current) return;
    setUnread(
      data === undefined ? (error?.graphQLErrors[0]?.message ?? "The server could not be reached.") : null,
    );
    if (data === undefined) return;
    const result = data.previewWebhook;
    setPreview(result);
    onTemplateIssues(result.__typename === "InvalidInputError" ? result.issues : []);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another template or request is looked at anew
  useEffect(() => {
    const timer = setTimeout(look, settleMs);
    return () => clearTimeout(timer);
  }, [template, sample]);
  const set = (part: Partial<Sample>) => setSample({ ...sample, ...part });
  return (
    <Panel title="Try it" aside={<span className="text-xs text-faint">nothing is stored</span>}>
      <div className="flex flex-col gap-3">
        <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-3">
          <Labelled label="Method">
            {(aria) => (
              <select
                {...aria}
                value={sample.method}
                onChange={(event) => set({ method: event.target.value })}
                className="control"
              >
                {methods.map((method) => (
                  <option key={method}>{method}</option>
                ))}
              </select>
            )}
          </Labelled>
          <Labelled label="Kind of body">
            {(aria) => (
              <select
                {...aria}
                value={sample.contentType}
                onChange={(event) => set({ contentType: event.target.value })}
                className="control"
              >
                {Object.entries({ [sample.contentType]: sample.contentType, ...contentTypes }).map(
                  ([type, name]) => (
                    <option key={type} value={type}>
                      {name}
                    </option>
                  ),
                )}
              </select>
            )}
          </Labelled>
        </div>
        <Labelled label="Body">
          {(aria) => (
            <textarea
              {...aria}
              value={sample.body}
              onChange={(event) => set({ body: event.target.value })}
              spellCheck={false}
              rows={4}
              className="control resize-y font-mono text-[13px]"
            />
          )}
        </Labelled>
        <div aria-live="polite" className="flex flex-col gap-2 border-t border-line pt-3">
          {unread === null ? null : <p className="text-[13px] text-bad-ink">{unread}</p>}
          {preview === null ? (
            <p className="text-[13px] text-faint">What it becomes is shown here.</p>
          ) : (
            <Outcome preview={preview} />
          )}
        </div>
      </div>
    </Panel>
  );
}

const eventLook = "max-h-80 rounded-lg bg-sunk p-2.5";

function Outcome({ preview }: { preview: Preview }) {
  if (preview.__typename !== "WebhookPreview")
    return <p className="text-[13px] text-soft">The template cannot be saved as it is.</p>;
  const { rendered, error, line, column } = preview;
  const events = jsonOf(preview.events);
  if (error != null)
    return (
      <>
        <p className="text-[13px] wrap-anywhere text-bad-ink">
          It would be refused: {error}
          {line == null || error.includes(`line ${line}`) ? null : ` (line ${line}, column ${column ?? 1})`}
        </p>
        {rendered == null ? null : (
          <CodeText label="What the template made" className="max-h-48 rounded-lg bg-sunk p-2.5 text-xs">
            {rendered}
          </CodeText>
        )}
      </>
    );
  const list = Array.isArray(events) ? events : [];
  return (
    <>
      <p className="text-[13px] text-good-ink">
        {list.length === 1 ? "It becomes an event" : `It becomes ${list.length} events`}
      </p>
      {list.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what would be has no other identity than its place
        <JsonView key={index} value={shown(event)} className={eventLook} />
      ))}
    </>
  );
}

/** Without what the server fills in anew each time. */
function shown(event: Json): Json {
  if (!isJsonObject(event)) return event;
  const { id: _id, occurred: _occurred, ...rest } = event;
  return rest;
}
