"use client";

import { useState } from "react";
import { Button } from "./button.tsx";
import { CodeText } from "./code-text.tsx";

const mostCharacters = 10_000;

/** A JSON value to read; of a very long one the beginning, until all of it is asked for. */
export function JsonView({ value, className = "" }: { value: unknown; className?: string }) {
  const [whole, setWhole] = useState(false);
  const text = JSON.stringify(value, null, 2);
  const cut = !whole && text.length > mostCharacters;
  return (
    <>
      <CodeText label="JSON" className={`text-[12.5px] ${className}`}>
        {cut ? `${text.slice(0, mostCharacters)}…` : text}
      </CodeText>
      {cut ? (
        <Button size="small" look="quiet" className="self-start" onClick={() => setWhole(true)}>
          Show all of it ({Math.round(text.length / 1024).toLocaleString("en")} KiB)
        </Button>
      ) : null}
    </>
  );
}
