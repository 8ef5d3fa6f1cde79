"use client";

import { useId, useState } from "react";

interface Props {
  offered: readonly { label: string; count: number }[];
  onName: (name: string) => void;
}

/** Adds a name: one that occurs, or any other, or a prefix with `*`. */
export function NameInput({ offered, onName }: Props) {
  const list = useId();
  const [text, setText] = useState("");
  const add = (name: string) => {
    setText("");
    if (name.trim() !== "") onName(name.trim());
  };
  const change = (name: string, event: Event) => {
    // Picked from the list rather than typed.
    const picked = !(event instanceof InputEvent) || event.inputType === "insertReplacementText";
    if (picked && offered.some(({ label }) => label === name)) add(name);
    else setText(name);
  };
  return (
    <>
      <input
        type="search"
        aria-label="Event name"
        placeholder="Event: a name, or order.*"
        list={list}
        value={text}
        onChange={(event) => change(event.target.value, event.nativeEvent)}
        onKeyDown={(event) => event.key === "Enter" && add(text)}
        className="control sm:w-60"
      />
      <datalist id={list}>
        {offered.map(({ label, count }) => (
          <option key={label} value={label}>
            {count}
          </option>
        ))}
      </datalist>
    </>
  );
}
