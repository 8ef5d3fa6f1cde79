"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "./button.tsx";

const shownMs = 1_500;

interface Props {
  text: string;
  /** What it is, such as "the id". */
  what: string;
}

/** Copies a text, and says that it did. */
export function CopyButton({ text, what }: Props) {
  const [said, setSaid] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    setSaid((await write(text)) ? "Copied" : "Not copied");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSaid(null), shownMs);
  };
  return (
    <>
      <Button size="small" look="quiet" className="-my-1" aria-label={`Copy ${what}`} onClick={copy}>
        {said ?? "Copy"}
      </Button>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}

/** Browsers give the clipboard only to pages that came over https or from this computer. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
