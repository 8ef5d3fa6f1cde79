"use client";

import { useCallback, useRef, useState } from "react";

/** The keys of the fields that are on the page now; two may share one, such as a union and its branch. */
export function useFieldKeys(): { keys: ReadonlySet<string>; register: (key: string) => () => void } {
  const counts = useRef(new Map<string, number>());
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const register = useCallback((key: string) => {
    const change = (by: number) => {
      const count = (counts.current.get(key) ?? 0) + by;
      if (count > 0) counts.current.set(key, count);
      else counts.current.delete(key);
      setKeys((current) => (current.has(key) === count > 0 ? current : new Set(counts.current.keys())));
    };
    change(1);
    return () => change(-1);
  }, []);
  return { keys, register };
}
