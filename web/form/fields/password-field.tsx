"use client";

import { useState } from "react";
import type { ControlAria } from "../field-props.ts";

interface Props {
  text: string;
  onChange: (text: string) => void;
  onBlur: () => void;
  aria: ControlAria;
}

/** Text that nobody should read over a shoulder. */
export function PasswordField({ text, onChange, onBlur, aria }: Props) {
  const [visible, setVisible] = useState(false);
  return (
    <div className="relative">
      <input
        {...aria}
        type={visible ? "text" : "password"}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        // Nobody changes the middle of what is not seen.
        onFocus={(event) => event.target.select()}
        onBlur={onBlur}
        autoComplete="new-password"
        className="control pr-16"
      />
      <button
        type="button"
        data-tool
        aria-pressed={visible}
        onClick={() => setVisible(!visible)}
        className="absolute inset-y-1 right-1 rounded px-2 text-xs text-soft hover:bg-sunk hover:text-ink"
      >
        {visible ? "Hide" : "Show"}
      </button>
    </div>
  );
}
