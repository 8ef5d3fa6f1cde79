"use client";

import { useState } from "react";
import { jsonText, readJson } from "../../../core/form/json-text.ts";
import type { FormValue, Path } from "../../../core/form/value.ts";
import type { ControlAria } from "../field-props.ts";
import { useUnreadable } from "../form-context.tsx";

interface Props {
  path: Path;
  value: FormValue;
  required: boolean;
  onChange: (value: FormValue) => void;
  onBlur: () => void;
  /** Whether the text is no JSON now. */
  onUnreadable?: (unreadable: boolean) => void;
  aria: ControlAria;
}

/** Any value as JSON text. Looking at a value this way does not change it. */
export function JsonEditor({ path, value, required, onChange, onBlur, aria, onUnreadable }: Props) {
  const [text, setText] = useState(() => jsonText(value));
  const [problem, setProblem] = useState<string | null>(null);
  useUnreadable(path, problem);
  const change = (next: string) => {
    setText(next);
    const reading = readJson(next);
    setProblem(reading.ok ? null : reading.message);
    onUnreadable?.(!reading.ok);
    if (reading.ok) onChange(reading.value);
  };
  return (
    <textarea
      {...aria}
      value={text}
      onChange={(event) => change(event.target.value)}
      onBlur={onBlur}
      rows={Math.min(18, Math.max(2, text.split("\n").length))}
      spellCheck={false}
      autoCapitalize="off"
      placeholder={required ? "JSON" : "JSON; empty: left out"}
      className="control font-mono text-[13px] leading-relaxed"
    />
  );
}
