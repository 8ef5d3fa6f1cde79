"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

interface Props {
  /** What it is, for who comes to it by keyboard. */
  label: string;
  /** How high it may grow, and what it looks like beyond that it is code. */
  className?: string;
  children: ReactNode;
}

/** Code to read. What is too long for its place scrolls, and is reached by keyboard then. */
export function CodeText({ label, className = "", children }: Props) {
  const frame = useRef<HTMLPreElement>(null);
  const [scrolls, setScrolls] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other content may be longer
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setScrolls(element.scrollHeight > element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [children]);
  return (
    <pre
      ref={frame}
      className={`overflow-auto font-mono leading-relaxed whitespace-pre-wrap wrap-anywhere ${className}`}
      {...(scrolls ? { tabIndex: 0, role: "group", "aria-label": label } : {})}
    >
      <code>{children}</code>
    </pre>
  );
}
