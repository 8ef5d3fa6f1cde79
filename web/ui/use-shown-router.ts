"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";

/**
 * Leads to other pages and has this one rendered again; each promise resolves when that is shown, or the component is gone. Until then it is
 * `pending`.
 */
export function useShownRouter() {
  const router = useRouter();
  const [pending, start] = useTransition();
  const [asked, setAsked] = useState(0);
  const waiting = useRef<(() => void)[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each that was asked for is looked at
  useEffect(() => {
    if (!pending) for (const resolve of waiting.current.splice(0)) resolve();
  }, [pending, asked]);
  useEffect(() => {
    const { current } = waiting;
    return () => {
      for (const resolve of current.splice(0)) resolve();
    };
  }, []);
  const shown = (change: () => void) =>
    new Promise<void>((resolve) => {
      waiting.current.push(resolve);
      start(() => {
        setAsked((count) => count + 1);
        change();
      });
    });
  return {
    pending,
    refresh: () => shown(() => router.refresh()),
    push: (href: string) => shown(() => router.push(href)),
  };
}
