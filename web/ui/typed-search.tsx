"use client";

import { useEffect, useRef, useState } from "react";

const typingMs = 300;

interface Props {
  label: string;
  placeholder: string;
  /** What is searched for now, as the address says it. */
  value: string | null;
  onValue: (value: string | null) => void;
  className: string;
}

/** A text that is searched for soon after it was typed, or at once with Enter. */
export function TypedSearch({ label, placeholder, value, onValue, className }: Props) {
  const [text, setText] = useState(value ?? "");
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(value);
  useEffect(() => () => clearTimeout(typing.current), []);
  // Going back changes the address without anybody typing.
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value ?? "");
  }, [value]);
  const ask = (typed: string) => {
    clearTimeout(typing.current);
    asked.current = typed.trim() === "" ? null : typed.trim();
    onValue(asked.current);
  };
  return (
    <input
      type="search"
      aria-label={label}
      placeholder={placeholder}
      value={text}
      onChange={(event) => {
        const typed = event.target.value;
        setText(typed);
        clearTimeout(typing.current);
        typing.current = setTimeout(() => ask(typed), typingMs);
      }}
      onKeyDown={(event) => event.key === "Enter" && ask(text)}
      className={`control ${className}`}
    />
  );
}
