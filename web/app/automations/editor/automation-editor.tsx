"use client";

import Link from "next/link";
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";
import { isJsonObject, type Json } from "../../../../core/json.ts";
import { CodeEditor, type CodeEditorHandle } from "../../../editor/code-editor.tsx";
import { keepDraft, readDraft } from "../../../editor/draft.ts";
import { FormChoice } from "../../../editor/form-choice.tsx";
import { type FormedText, switched } from "../../../editor/forms.ts";
import { textOf } from "../../../editor/text-of.ts";
import { UnsavedGuard } from "../../../editor/unsaved-guard.tsx";
import { readWritten } from "../../../editor/written.ts";
import { IssueSummary } from "../../../form/issue-summary.tsx";
import type { Undelivered } from "../../../form/undelivered.ts";
import { Button, buttonClass } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { useShownRouter } from "../../../ui/use-shown-router.ts";
import type { Names } from "../names.ts";
import { triggerWords } from "../words.ts";
import { BacktestPanel } from "./backtest-panel.tsx";
import { CheckSign } from "./check-sign.tsx";
import { MeaningPanel } from "./meaning-panel.tsx";
import { ProblemList } from "./problem-list.tsx";
import { problemsOf, type Refused } from "./problems.ts";
import { type Known, suggestAutomation } from "./suggest.ts";
import { useCheck } from "./use-check.ts";
import { useSave } from "./use-save.ts";

interface Props {
  /** The automation that is edited; null for a new one. */
  id: string | null;
  /** Under this name a text that was not saved is kept. */
  draft: string;
  /** What it begins with. */
  start: Json;
  known: Known;
  names: Names;
  /** It was saved, and another page is about to be shown. */
  onSaved?: () => void;
  /** Above the document. */
  children?: ReactNode;
}

/** An automation as a document that can be changed, judged as it is typed, and saved. */
export function AutomationEditor({ id, draft: draftName, start, known, names, onSaved, children }: Props) {
  const router = useShownRouter();
  const said = useId();
  const editor = useRef<CodeEditorHandle>(null);
  const [first] = useState<FormedText>(() => ({ text: textOf(start, "YAML"), form: "YAML", before: null }));
  const [formed, setFormed] = useState(first);
  const [restored, setRestored] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [failure, setFailure] = useState<Undelivered | null>(null);
  const { busy: saving, save } = useSave(id);
  const busy = saving || router.pending;

  const { text, form } = formed;
  const written = useMemo(() => readWritten(text, form), [text, form]);
  const value = written.ok ? written.value : undefined;
  const checked = useCheck(value, id);
  const problems = useMemo(() => problemsOf(written, checked, refused), [written, checked, refused]);
  const wrong = problems.filter(({ severity }) => severity === "error");
  const suggest = useMemo(() => suggestAutomation(known), [known]);
  const [saved, setSaved] = useState(false);
  const dirty = !saved && text !== first.text && formed.before?.text !== first.text;

  useEffect(() => {
    const draft = readDraft(draftName);
    if (draft === null || draft.text === first.text) return;
    setFormed({ ...draft, before: null });
    setRestored(true);
  }, [draftName, first]);
  const type = (next: string) => {
    setFormed((before) => ({ ...before, text: next }));
    keepDraft(draftName, next === first.text ? null : { text: next, form });
  };
  const discard = () => {
    keepDraft(draftName, null);
    setFormed(first);
    setRestored(false);
  };

  const submit = async (disabled: boolean) => {
    if (busy) return;
    const [toMend] = wrong;
    if (value === undefined || toMend !== undefined) {
      if (toMend !== undefined) editor.current?.goTo(toMend);
      return;
    }
    setFailure(null);
    const document = disabled && isJsonObject(value) ? { ...value, enabled: false } : value;
    const outcome = await save(document);
    if ("id" in outcome) {
      keepDraft(draftName, null);
      setSaved(true);
      onSaved?.();
      await router.push(`/automations/${outcome.id}`);
    } else if ("issues" in outcome) setRefused({ value, issues: outcome.issues });
    else setFailure(outcome.undelivered);
  };

  const trigger = useMemo(() => (value === undefined ? null : triggerWords(value)), [value]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are a second way to press its buttons
    <div
      className="flex flex-col gap-5"
      onKeyDown={(event) => {
        // With Caps Lock it is "S".
        const isS = event.key.toLowerCase() === "s" && !event.shiftKey;
        if (!isS || !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        void submit(false);
      }}
    >
      <UnsavedGuard dirty={dirty} onLeave={() => keepDraft(draftName, null)} />
      {children}
      {restored ? (
        <Notice>
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            This is what you had typed before and not saved.
            <Button size="small" look="quiet" onClick={discard}>
              Discard it
            </Button>
          </span>
        </Notice>
      ) : null}
      {failure === null ? null : <IssueSummary heading={failure.heading} messages={[failure.message]} />}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Panel
          title="Document"
          flush
          aside={
            <FormChoice
              form={form}
              disabled={value === undefined}
              onForm={(next) => value !== undefined && next !== form && setFormed(switched(formed, value))}
            />
          }
        >
          <CodeEditor
            ref={editor}
            label="The automation's document"
            text={text}
            form={form}
            onText={type}
            problems={problems}
            suggest={suggest}
            describedBy={said}
          />
          <ProblemList
            id={said}
            text={text}
            problems={problems}
            goTo={(place) => editor.current?.goTo(place)}
          />
          <div className="sticky bottom-0 z-10 flex flex-wrap items-center gap-2 border-t border-line bg-panel px-4 py-3">
            <Button look="primary" busy={busy} disabled={busy} onClick={() => submit(false)}>
              Save
            </Button>
            <Button disabled={busy} onClick={() => submit(true)}>
              Save disabled
            </Button>
            <Link href={id === null ? "/automations" : `/automations/${id}`} className={buttonClass("quiet")}>
              Cancel
            </Link>
            <CheckSign checked={checked} wrong={wrong.length} doubtful={problems.length - wrong.length} />
          </div>
        </Panel>
        <div className="flex min-w-0 flex-col gap-6">
          <MeaningPanel trigger={trigger} meaning={checked.meaning} names={names} />
          <BacktestPanel trigger={trigger !== null && isJsonObject(value) ? value.trigger : undefined} />
        </div>
      </div>
    </div>
  );
}
