"use client";

import { useState } from "react";
import { emptyText } from "../../../core/form/start.ts";
import type { ControlProps } from "../field-props.ts";
import { useUnreadable } from "../form-context.tsx";
import { severalLines } from "../model/several-lines.ts";
import { DateField } from "./date-field.tsx";
import { DurationNote } from "./duration-note.tsx";
import { PasswordField } from "./password-field.tsx";

/** Text: one line, several, or what its format asks for. */
export function TextField(props: ControlProps<"text">) {
  const { kind, schema, value, required, nullable, onChange, onBlur, aria } = props;
  const text = typeof value === "string" ? value : "";
  // What is left when all is deleted: "none" where there is one, else the empty text where the schema takes it.
  const emptied = nullable ? null : required || schema.default !== undefined ? emptyText(schema) : undefined;
  const change = (next: string) => onChange(next === "" ? emptied : next);
  const [inSeveralLines] = useState(() => severalLines(schema, text));
  const badJson = kind.format === "json-string" && text !== "" && !isJsonText(text) ? "must hold JSON" : null;
  useUnreadable(props.path, badJson);

  switch (kind.format) {
    case "date":
    case "date-time":
    case "time":
      return <DateField {...props} format={kind.format} text={text} emptied={emptied} />;
    case "password":
      return <PasswordField text={text} onChange={change} onBlur={onBlur} aria={aria} />;
  }
  const shared = {
    ...aria,
    value: text,
    placeholder: placeholderOf(props),
    onBlur,
    onChange: (event: { target: { value: string } }) => change(event.target.value),
  };
  if (inSeveralLines)
    return (
      <textarea
        {...shared}
        rows={Math.min(12, Math.max(3, text.split("\n").length))}
        className={kind.format === "json-string" ? "control font-mono text-[13px]" : "control"}
      />
    );
  return (
    <>
      <input
        {...shared}
        type={inputTypes[kind.format ?? ""] ?? "text"}
        className="control"
        autoComplete="off"
      />
      {kind.format === "duration" ? <DurationNote text={text} /> : null}
    </>
  );
}

const inputTypes: Record<string, string> = { email: "email", uri: "url", "uri-reference": "text" };
const samples: Record<string, string> = {
  duration: "PT1H30M",
  email: "name@example.com",
  uri: "https://",
  uuid: "00000000-0000-…",
};

function placeholderOf({ schema, kind, nullable, value }: ControlProps<"text">): string | undefined {
  if (nullable && value === null) return "none";
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  return typeof example === "string" ? example : samples[kind.format ?? ""];
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
