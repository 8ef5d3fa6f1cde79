"use client";

import Link from "next/link";
import { type SubmitEvent, useRef, useState } from "react";
import { useMutation } from "urql";
import type { Issue } from "../../../../core/error.ts";
import { focusFirstIssue, watchReader } from "../../../form/focus.ts";
import { IssueSummary } from "../../../form/issue-summary.tsx";
import { Labelled } from "../../../form/labelled.tsx";
import type { WebhookPartsFragment } from "../../../gql/graphql.ts";
import { answerOf } from "../../../lib/graphql/answer-of.ts";
import { Button, buttonClass } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { useShownRouter } from "../../../ui/use-shown-router.ts";
import { createWebhookDocument, updateWebhookDocument } from "../documents.ts";
import { TokenOnce } from "../token-once.tsx";
import { AuthFields } from "./auth-fields.tsx";
import { type Draft, draftOf, inputOf, methods, templates } from "./draft.ts";
import { TemplateField } from "./template-field.tsx";
import { templateIssue } from "./template-issue.ts";
import { type Sample, TryPanel } from "./try-panel.tsx";

interface Props {
  /** The one to be changed; null makes a new one. */
  webhook: WebhookPartsFragment | null;
  sample: Sample;
}

interface Refusal {
  heading: string;
  messages: string[];
}

/** Makes or changes a webhook, with its template tried out beside. */
export function WebhookEditor({ webhook, sample }: Props) {
  const router = useShownRouter();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => draftOf(webhook));
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const [templateIssues, setTemplateIssues] = useState<readonly Issue[]>([]);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [made, setMade] = useState<{ id: string; token: string } | null>(null);
  const [sending, setSending] = useState(false);
  const busy = sending || router.pending;
  const [, create] = useMutation(createWebhookDocument);
  const [, update] = useMutation(updateWebhookDocument);
  const change = (part: Partial<Draft>) => {
    const changed = Object.keys(part);
    setIssues(issues.filter(({ path }) => !changed.includes(fieldOf(path))));
    setDraft({ ...draft, ...part });
  };
  const at = (...path: string[]) =>
    issues
      .filter((issue) => path.every((step, index) => issue.path[index] === step))
      .map(({ message }) => message);

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const hasWaited = watchReader(event.currentTarget);
    setSending(true);
    setRefusal(null);
    const input = inputOf(draft);
    const { data, error } = webhook
      ? await update({ id: webhook.id, webhook: input }).then(({ data, error }) => ({
          data: data?.updateWebhook,
          error,
        }))
      : await create({ webhook: input }).then(({ data, error }) => ({ data: data?.createWebhook, error }));
    setSending(false);
    if (data?.__typename === "Webhook") {
      if (data.token == null) await router.push(`/webhooks/${data.id}`);
      else setMade({ id: data.id, token: data.token });
      return;
    }
    const answer = answerOf(data, error, { success: "Webhook", argument: "webhook" });
    if ("heading" in answer) setRefusal({ heading: answer.heading, messages: [answer.message] });
    else {
      setIssues(answer);
      const elsewhere = answer.filter(({ path }) => !fields.has(fieldOf(path)));
      if (elsewhere.length > 0)
        setRefusal({
          heading: "This cannot be saved as it is",
          messages: elsewhere.map(({ message }) => message),
        });
    }
    if (hasWaited()) requestAnimationFrame(() => form.current && focusFirstIssue(form.current));
  };

  if (made !== null)
    return (
      <TokenOnce token={made.token}>
        <Link href={`/webhooks/${made.id}`} className={buttonClass("primary")}>
          To the webhook
        </Link>
      </TokenOnce>
    );
  // What was refused when it was sent is said until the text is another; then what is looked at as it is typed says it.
  const refused = issues.filter(({ path }) => path[0] === "template");
  const ofTemplate = (refused.length > 0 ? refused : templateIssues).map((issue) =>
    templateIssue(draft.template, issue),
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_26rem]">
      <form ref={form} onSubmit={submit} noValidate aria-busy={busy} className="flex flex-col gap-6">
        {refusal === null ? null : <IssueSummary {...refusal} />}
        <Panel title="What it is">
          <div className="flex flex-col gap-4">
            <Labelled label="Name" required issues={at("name")}>
              {(aria) => (
                <input
                  {...aria}
                  value={draft.name}
                  onChange={(event) => change({ name: event.target.value })}
                  className="control"
                  autoComplete="off"
                />
              )}
            </Labelled>
            <Labelled label="Description" issues={at("description")}>
              {(aria) => (
                <input
                  {...aria}
                  value={draft.description}
                  onChange={(event) => change({ description: event.target.value })}
                  className="control"
                />
              )}
            </Labelled>
          </div>
        </Panel>
        <Panel title="What a request becomes">
          <div className="flex flex-col gap-3">
            <fieldset aria-label="Begin with" className="flex flex-wrap items-center gap-1.5 text-xs">
              <span className="mr-1 text-faint">Begin with</span>
              {Object.entries(templates).map(([name, template]) => (
                <button
                  key={name}
                  type="button"
                  aria-pressed={draft.template === template}
                  onClick={() => change({ template })}
                  className="rounded-full border border-line px-2.5 py-1 text-soft hover:border-strong hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent/10 aria-pressed:text-ink"
                >
                  {name}
                </button>
              ))}
            </fieldset>
            <TemplateField
              template={draft.template}
              issues={ofTemplate}
              onChange={(template) => change({ template })}
            />
          </div>
        </Panel>
        <Panel title="Who may call">
          <div className="flex flex-col gap-4">
            <AuthFields
              auth={draft.auth}
              storedSecretOf={webhook?.auth.hasSecret ? webhook.auth.type : null}
              issuesOf={(field) => at("auth", field)}
              onChange={(auth) => change({ auth })}
            />
            <fieldset className="flex flex-col gap-1.5">
              <legend className="mb-1.5 text-sm font-medium">Methods</legend>
              <div className="flex flex-wrap gap-x-4 gap-y-1.5 text-[13px]">
                {methods.map((method) => (
                  <label key={method} className="flex items-center gap-1.5">
                    <input
                      type="checkbox"
                      checked={draft.methods.includes(method)}
                      onChange={(event) =>
                        change({
                          methods: event.target.checked
                            ? [...draft.methods, method]
                            : draft.methods.filter((one) => one !== method),
                        })
                      }
                      className="size-4 accent-accent"
                    />
                    {method}
                  </label>
                ))}
              </div>
              <p className="text-xs text-faint">
                {draft.methods.length === 0
                  ? "None is marked: all are taken."
                  : "Others are refused with 405."}
              </p>
              {at("allowedMethods").map((issue) => (
                <p key={issue} className="text-[13px] text-bad-ink">
                  {issue}
                </p>
              ))}
            </fieldset>
            <Labelled
              label="Requests a second"
              help="Twice as many may come at once; more are refused with 429."
              issues={at("rateLimit")}
            >
              {(aria) => (
                <input
                  {...aria}
                  inputMode="decimal"
                  value={draft.rateLimit}
                  placeholder="as the server is set"
                  onChange={(event) => change({ rateLimit: event.target.value })}
                  className="control sm:w-56"
                />
              )}
            </Labelled>
            <label className="flex items-start gap-2 text-[13px]">
              <input
                type="checkbox"
                checked={draft.allowReserved}
                onChange={(event) => change({ allowReserved: event.target.checked })}
                className="mt-0.5 size-4 accent-accent"
              />
              <span>
                Its events may have names that begin with <code className="font-mono text-xs">prefect.</code>
                <span className="block text-xs text-faint">
                  Whoever calls it could say then that a run failed, or that anything else of ours happened.
                </span>
              </span>
            </label>
          </div>
        </Panel>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="primary" busy={busy} disabled={busy}>
            {webhook ? "Save" : "Make the webhook"}
          </Button>
          <Link href={webhook ? `/webhooks/${webhook.id}` : "/webhooks"} className={buttonClass()}>
            Back
          </Link>
        </div>
      </form>
      <div className="lg:sticky lg:top-20">
        <TryPanel
          template={draft.template}
          webhookId={webhook?.id ?? null}
          first={sample}
          onTemplateIssues={setTemplateIssues}
        />
      </div>
    </div>
  );
}

const fields = new Set(["name", "description", "template", "auth", "methods", "rateLimit"]);

/** The part of the draft that an issue is about. */
function fieldOf(path: readonly string[]): string {
  return path[0] === "allowedMethods" ? "methods" : (path[0] ?? "");
}
