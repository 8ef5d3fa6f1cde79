"use client";

import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from "react";
import type { Editor, Problem, Suggest } from "./code-mirror.ts";
import type { Form, Range } from "./written.ts";

/** What can be asked of an editor in the page. */
export interface CodeEditorHandle {
  goTo(place: Range): void;
}

interface Props {
  label: string;
  text: string;
  form: Form;
  onText: (text: string) => void;
  problems: readonly Problem[];
  suggest: Suggest;
  /** The id of what is said about it. */
  describedBy?: string;
  ref?: Ref<CodeEditorHandle>;
}

/** A text in YAML or JSON to be changed: a plain field at first, which also does where the editor does not arrive. */
export function CodeEditor({ label, text, form, onText, problems, suggest, describedBy, ref }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<Editor>(null);
  const [isOpen, setOpen] = useState(false);
  const typed = useEffectEvent(onText);
  const suggested = useEffectEvent(suggest);
  const open = useEffectEvent((openEditor: typeof import("./code-mirror.ts").openEditor) => {
    if (frame.current === null) return;
    const hadFocus = document.activeElement === field.current;
    editor.current = openEditor({
      parent: frame.current,
      text,
      form,
      label,
      onText: (next) => typed(next),
      suggest: (...where) => suggested(...where),
    });
    editor.current.mark(problems);
    if (hadFocus)
      editor.current.goTo({ from: field.current?.selectionStart ?? 0, to: field.current?.selectionEnd ?? 0 });
    setOpen(true);
  });

  useEffect(() => {
    let gone = false;
    import("./code-mirror.ts").then(
      ({ openEditor }) => !gone && open(openEditor),
      // Without it, the field stays.
      () => {},
    );
    return () => {
      gone = true;
      editor.current?.close();
      editor.current = null;
      setOpen(false);
    };
  }, []);
  useEffect(() => editor.current?.show(text, form), [text, form]);
  useEffect(() => editor.current?.mark(problems), [problems]);
  useImperativeHandle(ref, () => ({
    goTo(place) {
      if (editor.current !== null) return editor.current.goTo(place);
      field.current?.focus();
      field.current?.setSelectionRange(place.from, place.to);
    },
  }));

  return (
    <div className="min-h-80 bg-panel" aria-describedby={describedBy}>
      <div ref={frame} className={isOpen ? "code-editor" : "hidden"} />
      {isOpen ? null : (
        <textarea
          ref={field}
          aria-label={label}
          aria-describedby={describedBy}
          value={text}
          onChange={(event) => onText(event.target.value)}
          spellCheck={false}
          autoCapitalize="off"
          rows={Math.max(16, text.split("\n").length + 1)}
          className="block w-full resize-y bg-panel py-2 pr-3 pl-14 font-mono text-[13px] leading-[1.6] outline-none"
        />
      )}
    </div>
  );
}
